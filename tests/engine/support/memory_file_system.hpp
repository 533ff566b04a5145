// SPDX-License-Identifier: MIT
// A disk in memory that fails where a test wants it to, and forgets in a crash what was not synced.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/simulate/random.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

/// Which of the calls that change something fails, and how. A sync that fails loses for good what it should
/// have kept, as the kernel does: a later one succeeds and keeps nothing of it.
struct disk_fault {
  /// Counted from the next one, which is 1.
  std::uint64_t call = 1;
  errc code = errc::io;
  /// From then on all fail.
  bool lasting = false;
  /// Of the bytes of an append that fails, so many in a hundred arrive.
  unsigned arriving_percent = 50;
};

/// For one thread. Folders and cuts are on the disk at once; a file's bytes after sync(), a name that was
/// made, changed or removed after sync_folder() of its folder.
class memory_file_system final : public file_system {
 public:
  memory_file_system();
  ~memory_file_system() override;

  result<std::unique_ptr<output_file>> create(const std::string& path) override;
  result<std::unique_ptr<input_file>> open(const std::string& path) override;
  result<void> rename(const std::string& from, const std::string& to) override;
  result<void> remove(const std::string& path) override;
  result<void> link(const std::string& from, const std::string& to) override;
  result<void> truncate(const std::string& path, std::uint64_t size) override;
  result<void> make_folder(const std::string& path) override;
  result<void> remove_folder(const std::string& path) override;
  result<void> sync_folder(const std::string& path) override;
  result<std::vector<std::string>> list(const std::string& folder) override;
  result<std::uint64_t> free_bytes(const std::string& folder) override;
  result<std::unique_ptr<file_lock>> lock(const std::string& path) override;

  /// Replaces the fault that is planned, if any.
  void fail(disk_fault planned);
  void heal();
  /// How many calls were made that change something: all but open, list, free_bytes and lock.
  std::uint64_t calls() const;

  /// The power goes: what was not synced is gone, files that are open and locks that are held are those of a
  /// process that is no more, nothing fails any longer.
  void crash();
  /// The same, but some of what was appended and not synced may be there: of each file a prefix, at times
  /// with bytes that are wrong.
  void crash_torn(std::uint64_t seed);

  /// The bytes of a file that is there, synced or not.
  std::string content(const std::string& path) const;
  /// Makes a file that is safely on the disk.
  void put(const std::string& path, std::string_view content);
  /// Changes a byte of a file, also for those who have it open.
  void corrupt(const std::string& path, std::uint64_t at);
  void set_free_bytes(std::uint64_t bytes);

 private:
  struct node;
  struct disk;
  class written_file;
  class read_file;
  class held_lock;

  void crash_with(random_source* random);

  std::shared_ptr<disk> disk_;
};

}  // namespace logstream::test
