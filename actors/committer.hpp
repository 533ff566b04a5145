// SPDX-License-Identifier: MIT
// Where events become stored: the one actor that numbers rows, and so gives all of them their order.
#pragma once

#include "engine/store/row_numbers.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <memory>

namespace logstream {

/// Bundles that have come together are committed together: their rows are numbered by `numbers`, which
/// outlives the actor, their batches are handed to the shards, and their askers are answered, in this order:
/// who asks the shards after an answer finds the rows. Batches that a dying shard leaves behind go to the one
/// that takes its place.
committer_actor spawn_committer(caf::actor_system& system, std::shared_ptr<row_numbers> numbers);

}  // namespace logstream
