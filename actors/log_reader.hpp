// SPDX-License-Identifier: MIT
// The coordinator of one query: snapshots, scan, answer, end.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace logstream {

/// Answers `request` from snapshots taken when it starts, a slice at a time, at most a piece ahead of its
/// reader; ends when the answer is complete, the reader is gone, or `deadline` has passed.
log_reader_actor spawn_log_reader(caf::actor_system& system, log_request_ptr request,
                                  std::vector<shard_actor> shards, std::chrono::milliseconds deadline);

}  // namespace logstream
