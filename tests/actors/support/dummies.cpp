// SPDX-License-Identifier: MIT
// One behaviour a dummy.
#include "tests/actors/support/dummies.hpp"

#include "engine/store/block_count.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace logstream::test {

namespace {

worker_actor::behavior_type worker(worker_actor::pointer, const std::shared_ptr<worker_log>& log) {
  return {
      [log](const ingest_bundle_ptr& bundle) { log->bundles.push_back(bundle); },
      [](const alert_routes_ptr&) {},
      [](atom::wire, const service_handles_ptr&) {},
  };
}

router_actor::behavior_type router(router_actor::pointer, const std::shared_ptr<router_log>& log) {
  return {
      [log](const ingest_job_ptr& job) { log->jobs.push_back(job); },
      [log](const ingest_bundle_ptr& more) {
        log->jobs.insert(log->jobs.end(), more->jobs.begin(), more->jobs.end());
      },
      [log](atom::done, std::uint64_t bundle) { log->done.push_back(bundle); },
      [log](atom::stats) { return log->figures; },
      [](atom::drain) { return atom::done_v; },
      [](atom::wire, const service_handles_ptr&) {},
      [](atom::internal, atom::flush) {},
  };
}

store_actor::behavior_type store(store_actor::pointer, const std::shared_ptr<store_log>& log) {
  return {
      [](const log_request_ptr&) {},
      [](atom::get, const event_id&, const text_answer_ptr&) {},
      [](atom::count, const count_request_ptr&, const count_answer_ptr&) {},
      [log](atom::stats) { return log->figures; },
      [log](atom::append, std::uint64_t events, std::uint64_t bytes) {
        log->appends.emplace_back(events, bytes);
      },
      [](atom::wire, const service_handles_ptr&) {},
  };
}

stats_actor::behavior_type stats(stats_actor::pointer, const std::shared_ptr<stats_log>& log) {
  return {
      [log](const ingest_tally_ptr& tally) { log->tallies.push_back(tally); },
      [log](atom::notify, const std::string& role) { log->restarts.push_back(role); },
      [](atom::stats, const figures_answer_ptr&) {},
      [](atom::metrics, const text_answer_ptr&) {},
      [](atom::wire, const service_handles_ptr&) {},
      [](atom::internal, atom::tick) {},
  };
}

alert_manager_actor::behavior_type alerts(alert_manager_actor::pointer,
                                          const std::shared_ptr<alerts_log>& log) {
  return {
      [log](atom::join, const worker_actor& who) { log->joined.push_back(who); },
      [](atom::reload, const alert_configuration_ptr&) {},
      [](atom::list, const json_answer_ptr&) {},
      [](atom::get, const std::string&, const json_answer_ptr&) {},
      [](atom::add, const rule_ptr&, const json_answer_ptr&) {},
      [](atom::put, const rule_ptr&, const json_answer_ptr&) {},
      [](atom::erase, const std::string&, const json_answer_ptr&) {},
      [](atom::alerts, const json_answer_ptr&) {},
      [](atom::webhook, atom::list, const json_answer_ptr&) {},
      [](atom::webhook, atom::add, const webhook_ptr&, const json_answer_ptr&) {},
      [](atom::webhook, atom::erase, const std::string&, const json_answer_ptr&) {},
      [](atom::webhook, atom::test, const std::string&, const json_answer_ptr&) {},
      [log](atom::stats) { return log->figures; },
      [](atom::notify, const alert_ptr&) {},
      [](atom::notify, const rule_status_ptr&) {},
      [](atom::notify, const webhook_status_ptr&) {},
      [](atom::internal, atom::resume) {},
  };
}

merger_actor::behavior_type merger(merger_actor::pointer, const std::shared_ptr<merger_log>& log) {
  return {
      [log](const merge_order_ptr& order, const shard_actor& from) { log->orders.emplace_back(order, from); },
  };
}

alert_rule_actor::behavior_type rule(alert_rule_actor::pointer, const std::shared_ptr<rule_log>& log) {
  return {
      [log](const rule_matches_ptr& found) { log->matches.push_back(found); },
      [](atom::put, const rule_ptr&) {},
      [](atom::internal, atom::tick) {},
  };
}

template <class T, class Self>
caf::result<T> never(Self self) {
  return self->template make_response_promise<T>();
}

shard_actor::behavior_type shard(shard_actor::pointer self, const std::shared_ptr<shard_log>& log) {
  return {
      [log](atom::append, const handed_batches_ptr& rows) { log->handed.push_back(rows); },
      [self](atom::snapshot, const row_filter&) { return never<snapshot_ptr>(self); },
      [self](atom::count, const count_request_ptr&) { return never<shard_counts_ptr>(self); },
      [self](atom::probe) { return never<minute_histogram_ptr>(self); },
      [self](atom::probe, std::int64_t) { return never<time_list_ptr>(self); },
      [self](atom::evict, timestamp, std::uint64_t) { return never<std::uint64_t>(self); },
      [self](atom::stats) { return never<shard_figures>(self); },
      [](atom::merged, const merge_order_ptr&) {},
      [](const upkeep_order_ptr&) {},
      [log](atom::damaged, const segment_ptr& which) { log->damaged.push_back(which); },
      [self](atom::snapshot) { return never<manifest_ptr>(self); },
      [](atom::wire, const service_handles_ptr&) {},
      [](atom::internal, atom::tick) {},
  };
}

store_actor::behavior_type silent_store(store_actor::pointer self, const char*) {
  return {
      [](const log_request_ptr&) {},
      [](atom::get, const event_id&, const text_answer_ptr&) {},
      [](atom::count, const count_request_ptr&, const count_answer_ptr&) {},
      [self](atom::stats) { return never<store_figures>(self); },
      [](atom::append, std::uint64_t, std::uint64_t) {},
      [](atom::wire, const service_handles_ptr&) {},
  };
}

committer_actor::behavior_type committer(committer_actor::pointer self,
                                         const std::shared_ptr<committer_log>& log) {
  return {
      [log](const open_bundle_ptr& bundle) { log->bundles.push_back(bundle); },
      [](atom::append, std::uint32_t, const shard_actor&, const numbered_batches_ptr&) {},
      [log](atom::sealed, std::uint32_t shard, std::uint64_t through, std::uint64_t bytes) {
        log->sealed.push_back({shard, through, bytes});
      },
      [self](atom::snapshot, const std::string&) { return never<log_copy_ptr>(self); },
      [](atom::wire, const service_handles_ptr&) {},
      [](atom::internal, atom::flush) {},
      [](atom::internal, atom::tick) {},
  };
}

upkeep_actor::behavior_type upkeep(upkeep_actor::pointer, const std::shared_ptr<upkeep_log>& log) {
  return {
      [log](const upkeep_order_ptr& order, const shard_actor& from) {
        log->orders.emplace_back(order, from);
      },
  };
}

template <class T, class Self, class Read>
caf::result<T> answer_as(const block_reader_log& how, Self self, Read read) {
  if (how.silent)
    return never<T>(self);
  if (how.broken)
    return caf::make_error(caf::sec::runtime_error, "it is broken");
  return T{read()};
}

block_reader_actor::behavior_type block_reader(block_reader_actor::pointer self,
                                               const std::shared_ptr<block_reader_log>& log,
                                               const caf::actor_addr& owner) {
  self->monitor(owner);
  self->set_down_handler([self](caf::down_msg& ended) { self->quit(std::move(ended.reason)); });
  return {
      [self, log](const block_ref& block) {
        log->blocks.push_back(block);
        log->readers.push_back(self->address());
        return answer_as<batch_ptr>(
            *log, self, [&] { return *block.in->read_block(block.block, column_selection::all()); });
      },
      [self, log](atom::count, const block_list_ptr& blocks, const count_request_ptr& what) {
        ++log->counts;
        return answer_as<group_counts_ptr>(*log, self, [&] {
          return std::make_shared<const group_counts>(*count_blocks(*blocks, what->filter, what->by));
        });
      },
  };
}

}  // namespace

worker_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<worker_log> log) {
  return system.spawn(worker, std::move(log));
}
committer_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<committer_log> log) {
  return system.spawn(committer, std::move(log));
}
shard_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<shard_log> log) {
  return system.spawn(shard, std::move(log));
}
router_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<router_log> log) {
  return system.spawn(router, std::move(log));
}
store_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<store_log> log) {
  return system.spawn(store, std::move(log));
}
stats_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<stats_log> log) {
  return system.spawn(stats, std::move(log));
}
alert_manager_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<alerts_log> log) {
  return system.spawn(alerts, std::move(log));
}
merger_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<merger_log> log) {
  return system.spawn(merger, std::move(log));
}
upkeep_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<upkeep_log> log) {
  return system.spawn(upkeep, std::move(log));
}
block_reader_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<block_reader_log> log,
                               const caf::actor_addr& owner) {
  return system.spawn(block_reader, std::move(log), owner);
}
alert_rule_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<rule_log> log) {
  return system.spawn(rule, std::move(log));
}

shard_actor spawn_silent_shard(caf::actor_system& system) {
  return spawn_dummy(system, std::make_shared<shard_log>());
}
store_actor spawn_silent_store(caf::actor_system& system) {
  // It is given a name, since without arguments CAF would follow a null pointer.
  return system.spawn(silent_store, "silent-store");
}

}  // namespace logstream::test
