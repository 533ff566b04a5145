// SPDX-License-Identifier: MIT
// Where events become stored: the one actor that numbers rows, writes the log and answers those who sent
// them.
#pragma once

#include "engine/store/commit_log.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>

namespace logstream {

struct committer_settings {
  ack_mode ack = ack_mode::fsync;
  /// Bytes of disk that are left to others: with less, events are refused as errc::disk_full.
  std::uint64_t reserve_bytes = 0;
  /// A shard may have so many bytes of rows in no segment: with more, bundles wait, and after five seconds
  /// are refused as errc::overloaded. 0 is no bound.
  std::uint64_t max_unsealed_bytes = 0;
  /// Whether it has a thread of its own, as is best where it waits for a disk.
  bool own_thread = false;
};

/// Bundles that have come together are committed together: their rows are numbered and written to `log`,
/// which outlives the actor, their batches are handed to the shards, and their askers are answered, in this
/// order: who asks the shards after an answer finds the rows. Batches that a dying shard leaves unread go to
/// the one that takes its place. What cannot be written is answered with the disk's error.
committer_actor spawn_committer(caf::actor_system& system, const committer_settings& settings,
                                std::shared_ptr<commit_log> log);

}  // namespace logstream
