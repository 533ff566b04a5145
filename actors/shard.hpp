// SPDX-License-Identifier: MIT
// One shard of the store as an actor.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <memory>

namespace logstream {

/// Serves `data`, which outlives the actor: a shard that is restarted takes over what the one before it
/// stored. Only one actor may serve it at a time.
shard_actor spawn_shard(caf::actor_system& system, std::shared_ptr<memory_shard> data);

}  // namespace logstream
