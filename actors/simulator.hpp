// SPDX-License-Identifier: MIT
// Makes events and feeds them to the router like anybody's.
#pragma once

#include "engine/base/clock.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstddef>
#include <memory>

namespace logstream {

struct simulator_settings {
  std::shared_ptr<const clock> time;
  /// Simulations that may run at once; one more is answered errc::overloaded.
  std::size_t max_running = 4;
};

/// Answers when every event is stored or rejected. What the router refuses is sent again until it is taken.
simulator_actor spawn_simulator(caf::actor_system& system, const simulator_settings& settings);

}  // namespace logstream
