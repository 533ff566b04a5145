// SPDX-License-Identifier: MIT
// Copies of the store that are made while it is used.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/file_system.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstddef>
#include <memory>
#include <string>

namespace logstream {

struct snapshot_keeper_settings {
  /// Null where the store is in memory: every request is then answered with a conflict.
  std::shared_ptr<file_system> disk;
  /// The store's folder.
  std::string path;
  std::shared_ptr<const clock> time;
  /// Beyond as many snapshots another is refused.
  std::size_t most = 100;
  /// Whether it has a thread of its own, as is best where it waits for a disk.
  bool own_thread = false;
};

/// Makes one snapshot at a time, and removes at its start what is left of one that was not finished. Whoever
/// asks for one is answered when it is safely on the disk, or within budget::store_snapshot that it is not.
snapshot_keeper_actor spawn_snapshot_keeper(caf::actor_system& system,
                                            const snapshot_keeper_settings& settings);

}  // namespace logstream
