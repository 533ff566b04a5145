// SPDX-License-Identifier: MIT
// Where rows get their numbers and, if there is a disk, become durable.
#pragma once

#include "engine/store/ack_mode.hpp"
#include "engine/store/row_numbers.hpp"
#include "engine/store/wal_ledger.hpp"
#include "engine/store/wal_record.hpp"
#include "engine/store/wal_writer.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

/// A copy of a log: what is in it.
struct log_copy {
  std::uint64_t bytes = 0;
  /// Of each shard the first sequence that was not given yet.
  std::vector<std::uint64_t> ends;
};

/// The log of a node: rows are numbered in the order in which they are committed, and written in it. One
/// owner, one thread at a time; the disk is waited for.
class commit_log {
 public:
  /// A batch for a shard and, where there is a disk, its payload, which must live until it is written.
  struct entry {
    std::uint32_t shard = 0;
    std::shared_ptr<batch> rows;
    const wal_payload* payload = nullptr;
  };
  /// Sequences of a shard, the end not included.
  struct range {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };

  /// Without a disk.
  commit_log(std::uint8_t node, std::uint32_t shards) : numbers_(node, shards) {}
  /// Over a log that was replayed: `next` are the first free sequences of the shards, `ledger` what the log
  /// still holds.
  commit_log(std::uint8_t node, std::vector<std::uint64_t> next, std::shared_ptr<file_system> disk,
             wal_settings settings, wal_writer log, wal_ledger ledger);

  bool has_disk() const { return log_.has_value(); }

  /// Gives all rows their numbers. The numbers are used up whether the rows are written or not.
  std::vector<range> number(std::span<const entry> entries);
  /// Writes numbered rows. Errors: those of the disk; none of the rows is then kept, and the next call tries
  /// with a new file.
  result<void> write(std::span<const entry> entries);
  /// Why rows that were refused may be read back at a start, if they may since the last call: a file that
  /// failed could not be cut.
  std::optional<error> take_uncut() { return std::exchange(uncut_, std::nullopt); }
  /// Returns once all that was written survives a power cut. Errors as for write(): what was written since
  /// the last sync() is then lost to a power cut.
  result<void> sync();
  /// True if something was written since the last sync().
  bool unsynced() const { return unsynced_; }

  /// Rows of `shard` with sequences below `through` need the log no more: files that hold only such go.
  result<void> sealed(std::uint32_t shard, std::uint64_t through);

  /// Makes `folder` hold all that was written so far, as files that never change: what is written from now on
  /// goes to the next file. REQUIRES: has_disk(), and the folder is there. Errors: those of the disk.
  result<log_copy> copy_to(const std::string& folder);

  /// Bytes that may still be written.
  result<std::uint64_t> free_bytes() const { return disk_->free_bytes(settings_.folder); }

 private:
  result<void> start_again();

  row_numbers numbers_;
  std::shared_ptr<file_system> disk_;
  wal_settings settings_;
  std::optional<wal_writer> log_;
  wal_ledger ledger_;
  std::optional<error> uncut_;
  bool unsynced_ = false;
};

}  // namespace logstream
