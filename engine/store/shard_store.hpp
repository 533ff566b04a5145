// SPDX-License-Identifier: MIT
// All rows of one shard: new ones in memory and, where it has a folder, older ones in segments.
#pragma once

#include "engine/store/manifest_recovery.hpp"
#include "engine/store/memory_shard.hpp"
#include "engine/store/segment_prune.hpp"
#include "engine/store/sequence_line.hpp"
#include "engine/store/snapshot.hpp"
#include "engine/store/upkeep.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Where a shard keeps its segments and when it makes them.
struct shard_folder {
  std::string path;
  origin identity;
  /// Rows in memory are sealed when they take this much.
  std::uint64_t memtable_bytes = 32 << 20;
};

/// Counts as far as they are known without reading, and the blocks whose rows must be looked at for the rest.
struct shard_counts {
  group_counts groups;
  std::vector<block_ref> unread;
};

/// One owner, one thread at a time. Never touches the disk itself: it gives out orders for that, one at a
/// time, and takes over what came of them. Rows are found at every moment, whatever is under way.
class shard_store {
 public:
  /// In memory only.
  shard_store() = default;
  /// In `folder`, in the state that was recovered there.
  shard_store(shard_folder folder, recovered_shard from);

  /// Takes rows whose sequences lie in [begin, end), all of it: what is in none of them is no row's.
  /// REQUIRES: they are numbered.
  void append(std::uint64_t begin, std::uint64_t end, std::vector<batch_ptr> rows);

  /// What may hold rows for `filter`: by time, level and the filters of segments.
  snapshot candidates(const row_filter& filter) const;
  /// REQUIRES: filter.by_index_only().
  shard_counts count(const row_filter& filter, count_by by) const;
  shard_figures figures() const;
  /// The rows in memory: for evictions and merges there.
  memory_shard& memory() { return memory_; }

  /// All rows in memory into a segment, if they take enough or `now` is set; nothing if it has no folder, an
  /// order is under way, sequences are missing or no row is there.
  std::shared_ptr<upkeep_order> seal(bool now);
  /// The segments all of whose rows are older than `age` nanoseconds, gone; nothing if there are none or an
  /// order is under way. Age counts from `now` or the newest row in a segment, whichever is earlier: a clock
  /// that leaps ahead expires nothing.
  std::shared_ptr<upkeep_order> expire(timestamp now, std::int64_t age);
  /// The oldest segments, so many that the others have no more than `bytes` together.
  std::shared_ptr<upkeep_order> expire_beyond(std::uint64_t bytes);
  /// A block of the segment could not be read: inspect() gives the order to look at it, if it is one of this
  /// shard's still.
  void suspect(const segment_ptr& which);
  /// The check of a suspect segment, and its end if it is damaged; nothing if there is none or an order is
  /// under way.
  std::shared_ptr<upkeep_order> inspect();
  /// Takes over what came of an order. After a failure the rows stay in memory, to be sealed again.
  void finish(upkeep_order& done);

  /// What its folder consists of, as it was last saved.
  const manifest& state() const { return state_; }
  /// Rows below it need no log any more.
  std::uint64_t sealed_through() const { return state_.sealed_through; }
  /// The first sequence that no row has.
  std::uint64_t next_sequence() const { return line_.through(); }
  /// Of rows that are in no segment.
  std::uint64_t unsealed_bytes() const { return memory_.figures().bytes + sealing_.figures().bytes; }

 private:
  struct sealed_segment {
    segment_ptr rows;
    std::string filters;
  };
  std::shared_ptr<upkeep_order> drop(std::vector<segment_id> gone);
  bool has(const segment_ptr& which) const;
  void replace(const upkeep_order& done);
  void add(const segment_directory& of, bool gone);

  shard_folder folder_;
  manifest state_;
  sequence_line line_;
  memory_shard memory_;
  // What an order under way seals.
  memory_shard sealing_;
  std::uint64_t sealing_end_ = 0;
  std::vector<sealed_segment> segments_;
  std::vector<segment_ptr> suspects_;
  std::weak_ptr<upkeep_order> under_way_;
  // Of the segments.
  shard_figures sealed_;
};

}  // namespace logstream
