// SPDX-License-Identifier: MIT
// Writes the log: records of many requests with one call, kept with another.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/base/result.hpp"
#include "engine/store/wal_record.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

/// A record to be: `payload` and `checksum` are those of a wal_payload.
struct wal_entry {
  std::uint8_t shard = 0;
  std::uint64_t first_sequence = 0;
  std::string_view payload;
  std::uint64_t checksum = 0;
};

struct wal_settings {
  std::string folder;
  /// A file that has reached this size is followed by another one.
  std::uint64_t file_bytes = std::uint64_t{64} << 20;
};

/// What became of the file that failed.
struct wal_reopening {
  /// Why records that were never kept are still in it, and may be replayed, if they are.
  std::optional<error> uncut;
};

/// Owns the file that is written. One owner, one thread at a time; sync() is what takes long.
///
/// A record is kept once a sync() after its append() succeeded. A file whose append() or sync() failed is
/// never touched by either again: both go on failing until reopen() has started another file. Of what was
/// appended since the last successful sync() nothing is then in the log, and all of it may be appended again.
class wal_writer {
 public:
  /// Starts file `number`. REQUIRES: no file has that number or a higher one. Errors: those of the disk.
  static result<wal_writer> open(std::shared_ptr<file_system> disk, wal_settings settings,
                                 std::uint64_t number);

  /// Appends a record for each entry, in their order. A full file is left for the next one before, unless
  /// something in it is not synced yet. Errors: too_large for a payload beyond most_wal_payload_bytes, in
  /// which case nothing was written and nothing has failed; unavailable until reopen() after a failure; those
  /// of the disk.
  result<void> append(std::span<const wal_entry> entries);
  /// Returns once everything appended is kept. Errors: unavailable until reopen() after a failure; those of
  /// the disk.
  result<void> sync();
  /// Gives the current file up, cuts it back to what was synced and starts the next one. After an error it
  /// may be called again. Errors: those of the disk.
  result<wal_reopening> reopen();

  /// Goes on with the next file, unless nothing is in this one. REQUIRES: !failed(), everything is synced.
  /// Errors: those of the disk.
  result<void> leave_file();

  bool failed() const { return file_ == nullptr; }
  std::uint64_t file_number() const { return number_; }
  /// Bytes in the current file.
  std::uint64_t file_bytes() const { return size_; }

 private:
  struct cut {
    std::uint64_t file;
    std::uint64_t size;
  };

  wal_writer(std::shared_ptr<file_system> disk, wal_settings settings, std::uint64_t next)
      : disk_(std::move(disk)), settings_(std::move(settings)), next_(next) {}

  std::string path_of(std::uint64_t number) const;
  result<void> start_next();
  result<std::unique_ptr<output_file>> make_file(std::uint64_t number);
  void give_up();

  std::shared_ptr<file_system> disk_;
  wal_settings settings_;
  std::uint64_t next_;
  std::unique_ptr<output_file> file_;
  std::uint64_t number_ = 0;
  std::uint64_t size_ = 0;
  std::uint64_t synced_ = 0;
  std::optional<cut> uncut_;
  std::string heads_;
  std::vector<std::string_view> pieces_;
};

}  // namespace logstream
