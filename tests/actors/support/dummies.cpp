// SPDX-License-Identifier: MIT
// One behaviour a dummy.
#include "tests/actors/support/dummies.hpp"

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
      [self](atom::count, const count_request_ptr&) { return never<group_counts_ptr>(self); },
      [self](atom::probe) { return never<minute_histogram_ptr>(self); },
      [self](atom::probe, std::int64_t) { return never<time_list_ptr>(self); },
      [self](atom::evict, timestamp, std::uint64_t) { return never<std::uint64_t>(self); },
      [self](atom::stats) { return never<shard_figures>(self); },
      [](atom::merged, const merge_order_ptr&) {},
      [](atom::wire, const service_handles_ptr&) {},
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

committer_actor::behavior_type committer(committer_actor::pointer,
                                         const std::shared_ptr<committer_log>& log) {
  return {
      [log](const open_bundle_ptr& bundle) { log->bundles.push_back(bundle); },
      [](atom::append, std::uint32_t, const shard_actor&, const batch_list_ptr&) {},
      [](atom::wire, const service_handles_ptr&) {},
      [](atom::internal, atom::flush) {},
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
