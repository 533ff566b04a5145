// SPDX-License-Identifier: MIT
// The shards as one store.
#pragma once

#include "engine/store/quarantine.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <cstdint>

namespace logstream {

struct store_settings {
  /// When exceeded, the oldest 20 % of so many events go at once; 0 means no bound.
  std::uint64_t max_events = 100'000;
  /// When the batches hold more memory, the oldest 20 % of all events go; 0 means no bound.
  std::uint64_t max_bytes = 0;
  /// What lay in quarantine when the store was opened.
  quarantine_figures quarantined;
  std::uint64_t max_queries = 64;
  std::chrono::milliseconds query_deadline{30'000};
};

/// Told to end, it ends the queries that run; those of a store that dies otherwise go on without it.
store_actor spawn_store(caf::actor_system& system, const store_settings& settings);

}  // namespace logstream
