// SPDX-License-Identifier: MIT
// One shard of the store as an actor.
#pragma once

#include "engine/base/clock.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <chrono>
#include <cstdint>
#include <memory>

namespace logstream {

struct shard_settings {
  /// The shard's place in service_handles::shards.
  std::uint32_t index = 0;
  /// Whether it has a folder; what follows is for those that have.
  bool on_disk = false;
  /// Rows are sealed when the oldest in memory has been there so long.
  std::chrono::nanoseconds seal_age = std::chrono::minutes{10};
  /// Segments go when all their rows are older than this many nanoseconds, or, the oldest first, when all
  /// together are larger than so many bytes; 0 is never.
  std::int64_t retention = 0;
  std::uint64_t max_disk_bytes = 0;
  std::shared_ptr<const clock> time;
};

/// Serves `data`, which outlives the actor: a shard that is restarted takes over what the one before it
/// stored. Only one actor may serve it at a time.
shard_actor spawn_shard(caf::actor_system& system, const shard_settings& settings,
                        std::shared_ptr<shard_store> data);

}  // namespace logstream
