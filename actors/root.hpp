// SPDX-License-Identifier: MIT
// Starts everybody, restarts who dies, ends everybody in order.
#pragma once

#include "actors/alert_manager.hpp"
#include "actors/block_store.hpp"
#include "actors/committer.hpp"
#include "actors/router.hpp"
#include "actors/shard.hpp"
#include "actors/simulator.hpp"
#include "actors/snapshot_keeper.hpp"
#include "actors/stats.hpp"
#include "actors/store.hpp"
#include "actors/upkeep.hpp"
#include "actors/worker.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace logstream {

struct root_settings {
  std::uint32_t workers = 20;
  /// The rows of each shard, the log, and the disk that they are on, if they are; all outlive the actors.
  std::vector<std::shared_ptr<shard_store>> shards;
  std::shared_ptr<commit_log> log;
  std::shared_ptr<file_system> disk;
  router_settings router;
  /// `shards` and `log` are filled in.
  worker_settings worker;
  committer_settings committer;
  /// `index` and `on_disk` are filled in.
  shard_settings shard;
  block_store_settings blocks;
  std::uint32_t upkeep_threads = 1;
  store_settings store;
  snapshot_keeper_settings snapshots;
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
