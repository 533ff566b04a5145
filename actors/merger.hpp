// SPDX-License-Identifier: MIT
// Merges batches off the shards' path.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

namespace logstream {

/// One order at a time; a shard has at most one order out.
merger_actor spawn_merger(caf::actor_system& system);

}  // namespace logstream
