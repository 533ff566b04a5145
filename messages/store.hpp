// SPDX-License-Identifier: MIT
// What travels between the store, its shards and those who read from them.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/part.hpp"
#include "engine/store/memory_shard.hpp"
#include "messages/logs.hpp"

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace logstream {

/// A batch that no shard has numbered yet; whoever holds the message owns it alone.
using new_batch_ptr = std::shared_ptr<batch>;

/// Parts as they were at one moment; what is in it stays readable however long it is held.
using snapshot_ptr = std::shared_ptr<const std::vector<part>>;

using count_request_ptr = std::shared_ptr<const count_request>;
using group_counts_ptr = std::shared_ptr<const group_counts>;

/// (minute, rows), oldest first.
using minute_histogram_ptr = std::shared_ptr<const std::vector<std::pair<std::int64_t, std::uint64_t>>>;
using time_list_ptr = std::shared_ptr<const std::vector<timestamp>>;

using merge_order_ptr = std::shared_ptr<merge_order>;

}  // namespace logstream
