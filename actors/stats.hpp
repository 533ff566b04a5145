// SPDX-License-Identifier: MIT
// Keeps the process's figures and rates, prints them on a timer, gathers everybody's on demand.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace logstream {

struct stats_actor_settings {
  std::chrono::milliseconds interval{10'000};
  /// Receives the block of statistics every interval; null prints nothing.
  std::function<void(const std::string&)> print;
  /// Shown beside what waits.
  std::uint64_t buffer_size = 10'000;
};

stats_actor spawn_stats(caf::actor_system& system, const stats_actor_settings& settings);

}  // namespace logstream
