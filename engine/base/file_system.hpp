// SPDX-License-Identifier: MIT
// The disk as the store sees it: an interface small enough to fake, so that tests can make every call fail.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// A file that grows at its end. One owner; closed when destroyed, without a sync.
class output_file {
 public:
  virtual ~output_file() = default;

  /// Writes the pieces one behind the other at the end. After an error any part of them may be there.
  /// Errors: disk_full, io.
  virtual result<void> append(std::span<const std::string_view> pieces) = 0;
  /// Returns once everything appended survives a power cut. After an error nothing is known of what was
  /// appended since the last success, and a later success says nothing of it either: the file is done with.
  virtual result<void> sync() = 0;
};

/// A file to read from; any number of threads may. What is read stays readable when the file is removed.
class input_file {
 public:
  virtual ~input_file() = default;

  virtual std::uint64_t size() const = 0;
  /// The bytes [offset, offset + size). Errors: io, also when the file ends before that.
  virtual result<std::string> read(std::uint64_t offset, std::size_t size) const = 0;
};

/// Held as long as it lives; the kernel lets go of it when the process ends.
class file_lock {
 public:
  virtual ~file_lock() = default;
};

/// Paths are the operating system's. Errors name the path and what the system said: not_found where there is
/// no such file, disk_full, conflict where a lock is held by another, io for the rest. Any thread may call.
class file_system {
 public:
  virtual ~file_system() = default;

  /// Makes the file, or empties one that is there.
  virtual result<std::unique_ptr<output_file>> create(const std::string& path) = 0;
  virtual result<std::unique_ptr<input_file>> open(const std::string& path) = 0;

  /// Replaces `to` if it is there. Survives a power cut after sync_folder() only, as do create and remove.
  virtual result<void> rename(const std::string& from, const std::string& to) = 0;
  virtual result<void> remove(const std::string& path) = 0;
  /// A second name for the same bytes.
  virtual result<void> link(const std::string& from, const std::string& to) = 0;
  /// Survives a power cut when it returns. REQUIRES: the file has at least `size` bytes.
  virtual result<void> truncate(const std::string& path, std::uint64_t size) = 0;

  /// With all folders above it; one that is there is well. Survives a power cut when it returns.
  virtual result<void> make_folder(const std::string& path) = 0;
  /// REQUIRES: it is empty.
  virtual result<void> remove_folder(const std::string& path) = 0;
  virtual result<void> sync_folder(const std::string& path) = 0;
  /// Names in a folder, sorted, without "." and "..".
  virtual result<std::vector<std::string>> list(const std::string& folder) = 0;

  /// Bytes that may still be written below `folder`.
  virtual result<std::uint64_t> free_bytes(const std::string& folder) = 0;
  /// Makes the file and locks it against every other process.
  virtual result<std::unique_ptr<file_lock>> lock(const std::string& path) = 0;
};

/// The machine's disk.
std::shared_ptr<file_system> make_posix_file_system();

/// Reads a whole file.
result<std::string> read_file(file_system& in, const std::string& path);

/// Writes `content` under `path` such that after a crash at any moment there is the old file or the new one
/// whole: path + ".tmp", synced, renamed, the folder synced.
result<void> replace_file(file_system& in, const std::string& folder, const std::string& name,
                          std::string_view content);

}  // namespace logstream
