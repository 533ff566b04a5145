// SPDX-License-Identifier: MIT
// What travels between the store, its shards and those who read from them.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/part.hpp"
#include "engine/store/memory_shard.hpp"
#include "messages/logs.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace logstream {

using batch_list_ptr = std::shared_ptr<const std::vector<batch_ptr>>;

/// Numbered batches on their way to a shard. What nobody took is given back when the last handle goes: the
/// rows' askers were told that they are stored.
class handed_batches {
 public:
  using giver = std::function<void(std::vector<batch_ptr>)>;

  handed_batches(std::vector<batch_ptr> rows, giver give_back)
      : rows_(std::move(rows)), give_back_(std::move(give_back)) {}
  handed_batches(const handed_batches&) = delete;
  handed_batches& operator=(const handed_batches&) = delete;
  ~handed_batches() {
    if (!rows_.empty())
      give_back_(std::move(rows_));
  }

  std::vector<batch_ptr> take() { return std::exchange(rows_, {}); }

 private:
  std::vector<batch_ptr> rows_;
  giver give_back_;
};
using handed_batches_ptr = std::shared_ptr<handed_batches>;

/// Parts as they were at one moment; what is in it stays readable however long it is held.
using snapshot_ptr = std::shared_ptr<const std::vector<part>>;

using count_request_ptr = std::shared_ptr<const count_request>;
using group_counts_ptr = std::shared_ptr<const group_counts>;

/// (minute, rows), oldest first.
using minute_histogram_ptr = std::shared_ptr<const std::vector<std::pair<std::int64_t, std::uint64_t>>>;
using time_list_ptr = std::shared_ptr<const std::vector<timestamp>>;

using merge_order_ptr = std::shared_ptr<merge_order>;

}  // namespace logstream
