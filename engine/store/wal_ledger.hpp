// SPDX-License-Identifier: MIT
// Which files of the log hold rows that are nowhere else.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace logstream {

/// For one thread.
class wal_ledger {
 public:
  explicit wal_ledger(std::uint32_t shards = 0) : sealed_(shards) {}

  /// File `number` holds rows of `shard` below the sequence `end`.
  void note(std::uint64_t number, std::uint32_t shard, std::uint64_t end);
  /// Rows of `shard` below the sequence `through` are in segments.
  void sealed(std::uint32_t shard, std::uint64_t through) { sealed_[shard] = through; }

  /// Forgets the files below `current` that hold nothing any more and returns the first that is needed then;
  /// nothing if none was forgotten.
  std::optional<std::uint64_t> first_needed(std::uint64_t current);

 private:
  bool needed(const std::vector<std::uint64_t>& ends) const;

  // By shard.
  std::vector<std::uint64_t> sealed_;
  std::map<std::uint64_t, std::vector<std::uint64_t>> ends_;
};

}  // namespace logstream
