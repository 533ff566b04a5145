// SPDX-License-Identifier: MIT
// Actors that only note what they are told, in place of those that a test is not about.
#pragma once

#include "messages/interfaces.hpp"

#include <caf/actor_addr.hpp>
#include <caf/fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

struct worker_log {
  std::vector<ingest_bundle_ptr> bundles;
};
struct committer_log {
  struct sealing {
    std::uint32_t shard;
    std::uint64_t through;
    std::uint64_t unsealed_bytes;
    bool operator==(const sealing&) const = default;
  };
  std::vector<open_bundle_ptr> bundles;
  std::vector<sealing> sealed;
};
struct upkeep_log {
  std::vector<std::pair<upkeep_order_ptr, shard_actor>> orders;
};
/// What a reader of blocks is asked, and whether it answers.
struct block_reader_log {
  std::vector<block_ref> blocks;
  /// Who was asked for each.
  std::vector<caf::actor_addr> readers;
  std::size_t counts = 0;
  bool broken = false;
  bool silent = false;
};
/// Batches are given back when this is cleared.
struct shard_log {
  std::vector<handed_batches_ptr> handed;
  std::vector<segment_ptr> damaged;
};
struct router_log {
  std::vector<ingest_job_ptr> jobs;
  std::vector<std::uint64_t> done;
  router_figures figures;
};
struct store_log {
  /// Events and bytes.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> appends;
  store_figures figures;
};
struct stats_log {
  std::vector<ingest_tally_ptr> tallies;
  std::vector<std::string> restarts;
};
struct alerts_log {
  std::vector<worker_actor> joined;
  alert_figures figures;
};
struct merger_log {
  std::vector<std::pair<merge_order_ptr, shard_actor>> orders;
};
struct rule_log {
  std::vector<rule_matches_ptr> matches;
};

worker_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<worker_log> log);
committer_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<committer_log> log);
/// Answers no request.
shard_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<shard_log> log);
router_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<router_log> log);
store_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<store_log> log);
stats_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<stats_log> log);
alert_manager_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<alerts_log> log);
merger_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<merger_log> log);
upkeep_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<upkeep_log> log);
/// Reads, unless the log says otherwise; ends when `owner` does.
block_reader_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<block_reader_log> log,
                               const caf::actor_addr& owner);
alert_rule_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<rule_log> log);

/// Take everything and never answer.
shard_actor spawn_silent_shard(caf::actor_system& system);
store_actor spawn_silent_store(caf::actor_system& system);

}  // namespace logstream::test
