// SPDX-License-Identifier: MIT
// The coordinator of one query: snapshots, scan, answer, end.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace logstream {

/// Where a query finds its rows, and how long it may look for them.
struct log_source {
  std::vector<shard_actor> shards;
  block_store_actor blocks;
  std::chrono::milliseconds deadline{0};
};

/// Answers `request` from snapshots taken when it starts, a slice at a time, at most a piece ahead of its
/// reader; ends when the answer is complete, the reader is gone, or the deadline has passed.
log_reader_actor spawn_log_reader(caf::actor_system& system, log_request_ptr request, log_source from);

}  // namespace logstream
