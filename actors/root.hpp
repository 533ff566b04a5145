// SPDX-License-Identifier: MIT
// Starts everybody, restarts who dies, ends everybody in order.
#pragma once

#include "actors/alert_manager.hpp"
#include "actors/router.hpp"
#include "actors/simulator.hpp"
#include "actors/stats.hpp"
#include "actors/store.hpp"
#include "actors/worker.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstdint>
#include <functional>

namespace logstream {

struct root_settings {
  std::uint32_t workers = 20;
  std::uint32_t shards = 1;
  std::uint8_t node = 0;
  router_settings router;
  /// `shards` is filled in.
  worker_settings worker;
  store_settings store;
  stats_actor_settings stats;
  simulator_settings simulator;
  alert_manager_settings alerts;
  alert_configuration_ptr configuration;
  /// Called at start and after each restart with where everybody is, from a thread of the scheduler.
  std::function<void(service_handles_ptr)> wired;
};

/// Spawns all actors of the service and watches them. One that dies is spawned again, with the reason in the
/// log; the shards' data and the file's rules survive. The first restart comes at once, further ones of the
/// same child at least a second apart. A drain ends simulations, lets the router answer what it admitted, and
/// refuses all else. When it exits, everybody else does.
root_actor spawn_root(caf::actor_system& system, root_settings settings);

}  // namespace logstream
