// SPDX-License-Identifier: MIT
// Where blocks of segments are read.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/actor_addr.hpp>
#include <caf/fwd.hpp>

namespace logstream {

/// Reads and decodes in a thread of its own. Its answers are errors where a block is damaged. Ends when
/// `owner` does.
block_reader_actor spawn_block_reader(caf::actor_system& system, const caf::actor_addr& owner);

}  // namespace logstream
