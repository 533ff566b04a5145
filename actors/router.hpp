// SPDX-License-Identifier: MIT
// Admits bodies and hands them to idle workers, many at a time where many wait.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstddef>
#include <cstdint>

namespace logstream {

struct router_settings {
  /// Events that may wait for a worker, told from the size of bodies.
  std::uint64_t buffer_size = 10'000;
  std::uint64_t max_bytes_in_flight = 256 * 1024 * 1024;
  std::uint64_t max_requests_in_flight = 8192;
};

/// Bodies beyond a bound are answered errc::overloaded at once and counted; however large, a body is admitted
/// when nothing is in flight.
router_actor spawn_router(caf::actor_system& system, const router_settings& settings);

}  // namespace logstream
