// SPDX-License-Identifier: MIT
// One behaviour a dummy.
#include "tests/actors/support/dummies.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <stdexcept>

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
      [log](atom::done, std::uint32_t index) { log->done.push_back(index); },
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

shard_actor::behavior_type silent_shard(shard_actor::pointer self, const char*) {
  return {
      [self](atom::append, const new_batch_ptr&) { return never<std::uint64_t>(self); },
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

shard_actor::behavior_type throwing_shard(shard_actor::pointer self, const char* name) {
  install_guards(self, name);
  return {
      [](atom::append, const new_batch_ptr&) -> std::uint64_t { throw std::runtime_error{"no room"}; },
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

}  // namespace

worker_actor spawn_dummy(caf::actor_system& system, std::shared_ptr<worker_log> log) {
  return system.spawn(worker, std::move(log));
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

// Each is given its name, since without arguments CAF would follow a null pointer.

shard_actor spawn_silent_shard(caf::actor_system& system) {
  return system.spawn(silent_shard, "silent-shard");
}
store_actor spawn_silent_store(caf::actor_system& system) {
  return system.spawn(silent_store, "silent-store");
}
shard_actor spawn_throwing_shard(caf::actor_system& system) {
  return system.spawn(throwing_shard, "throwing-shard");
}

}  // namespace logstream::test
