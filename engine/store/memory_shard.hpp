// SPDX-License-Identifier: MIT
// The batches of one shard, in memory: what is stored, what is counted, what is merged and what goes.
#pragma once

#include "engine/model/level.hpp"
#include "engine/model/part.hpp"
#include "engine/query/log_query.hpp"
#include "engine/store/quarantine.hpp"

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

/// What a shard holds.
struct shard_figures {
  std::uint64_t events = 0;
  /// Memory held, and the part of it that is not of evicted events.
  std::uint64_t bytes = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t batches = 0;
  std::uint64_t merges = 0;
  /// Files of rows that are no longer in memory.
  std::uint64_t segments = 0;
  std::uint64_t disk_bytes = 0;
  std::array<std::uint64_t, level_count> by_level{};
  /// Files that were found damaged since the shard was opened.
  quarantine_figures quarantined;
};

/// Neighbouring parts that shall become one; `merged` is made off the shard's path.
struct merge_order {
  std::vector<part> parts;
  batch_ptr merged;
};

/// One owner, one thread at a time. Small batches are kept apart until merges have made them large, so that
/// many small requests cost no more memory and time to read than few large ones.
class memory_shard {
 public:
  /// Stores rows. REQUIRES: they are numbered, and no others of this shard have their numbers.
  void append(batch_ptr rows);

  /// The parts that may hold rows for `filter`: by time and level, not by content.
  std::vector<part> candidates(const row_filter& filter) const;

  /// Counts rows by streams and times alone. REQUIRES: filter.by_index_only().
  group_counts count(const row_filter& filter, count_by by) const;

  /// Rows by minute.
  const std::map<std::int64_t, std::uint64_t>& minutes() const { return minutes_; }
  /// The times of all rows in `minute`, in no order.
  std::vector<timestamp> times_in(std::int64_t minute) const;

  /// Drops all rows before `time`, and of those at `time` the `ties` first stored. Returns how many went.
  /// Their memory goes with their batch, or when half of its rows are gone, with the next merge.
  std::uint64_t evict(timestamp time, std::uint64_t ties);

  /// Parts worth merging now, if there are any; none are offered while an order given out is alive and not
  /// applied.
  std::shared_ptr<merge_order> next_merge();
  /// Puts the merged batch in the place of its parts; what was evicted meanwhile stays evicted. An order of
  /// which this shard does not know, since its parts have left it, changes nothing.
  void apply(const merge_order& done);
  shard_figures figures() const;

 private:
  struct entry {
    part kept;
    level_set levels;
    std::uint64_t rows;

    std::uint64_t live_bytes() const { return kept.rows->bytes() * rows / kept.rows->rows(); }
  };
  void account(const entry& each);
  void discount(const entry& each);
  static constexpr std::uint32_t large_rows = 1024;
  static constexpr std::uint32_t most_merged_rows = 16 * 1024;
  static constexpr std::size_t most_merged_bytes = 8 * 1024 * 1024;
  static constexpr std::size_t fan_in = 8;
  static constexpr std::size_t most_merged_parts = 64;

  void add(part kept, std::size_t at_small);
  std::uint64_t evict_from(std::vector<entry>& entries, row_floor floor);
  std::uint64_t raise_floor(entry& each, row_floor floor);
  row_floor floor_for(timestamp time, std::uint64_t ties) const;
  void subtract(const entry& each, const stream_run& run, std::uint32_t from, std::uint32_t to);
  std::shared_ptr<merge_order> order(std::vector<entry>& entries, std::size_t first, std::size_t size);
  template <class F>
  void for_each_entry(F&& f) const;

  // Behind all sequences there are.
  std::uint64_t next_sequence_ = 0;
  std::vector<entry> large_;
  std::vector<entry> small_;
  std::weak_ptr<merge_order> merging_;
  // Where evictions since that order was given out ended.
  row_floor evicted_meanwhile_;
  std::map<std::int64_t, std::uint64_t> minutes_;
  shard_figures figures_;
};

}  // namespace logstream
