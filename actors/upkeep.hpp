// SPDX-License-Identifier: MIT
// Where segments are written and removed.
#pragma once

#include "engine/base/file_system.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>

namespace logstream {

/// Carries out orders, as many at a time as there are `threads`; these give way to all others. Orders of one
/// shard do not overtake each other, since a shard has one at a time. A thread that dies is
/// replaced; all end when it ends, however that comes about.
upkeep_actor spawn_upkeep(caf::actor_system& system, std::shared_ptr<file_system> disk,
                          std::uint32_t threads);

}  // namespace logstream
