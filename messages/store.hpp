// SPDX-License-Identifier: MIT
// What travels between the store, its shards and those who read from them.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/store/block_cache.hpp"
#include "engine/store/commit_log.hpp"
#include "engine/store/shard_store.hpp"
#include "messages/logs.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace logstream {

/// Numbered batches of one shard: all rows that have sequences in [begin, end), but for numbers that were
/// used up in vain.
struct numbered_batches {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::vector<batch_ptr> rows;
};
using numbered_batches_ptr = std::shared_ptr<const numbered_batches>;

/// Numbered batches on their way to a shard. What nobody took is given back when the last handle goes: the
/// rows' askers were told that they are stored.
class handed_batches {
 public:
  using giver = std::function<void(numbered_batches)>;

  handed_batches(numbered_batches what, giver give_back)
      : what_(std::move(what)), give_back_(std::move(give_back)) {}
  handed_batches(const handed_batches&) = delete;
  handed_batches& operator=(const handed_batches&) = delete;
  ~handed_batches() {
    if (give_back_)
      give_back_(std::move(what_));
  }

  /// To be called once.
  numbered_batches take() {
    give_back_ = nullptr;
    return std::move(what_);
  }

 private:
  numbered_batches what_;
  giver give_back_;
};
using handed_batches_ptr = std::shared_ptr<handed_batches>;

using snapshot_ptr = std::shared_ptr<const snapshot>;

using count_request_ptr = std::shared_ptr<const count_request>;
using group_counts_ptr = std::shared_ptr<const group_counts>;
using shard_counts_ptr = std::shared_ptr<const shard_counts>;
using block_list_ptr = std::shared_ptr<const std::vector<block_ref>>;

/// (minute, rows), oldest first.
using minute_histogram_ptr = std::shared_ptr<const std::vector<std::pair<std::int64_t, std::uint64_t>>>;
using time_list_ptr = std::shared_ptr<const std::vector<timestamp>>;

using manifest_ptr = std::shared_ptr<const manifest>;
using log_copy_ptr = std::shared_ptr<const log_copy>;
using merge_order_ptr = std::shared_ptr<merge_order>;
using upkeep_order_ptr = std::shared_ptr<upkeep_order>;

}  // namespace logstream
