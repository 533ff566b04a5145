// SPDX-License-Identifier: MIT
// One bundle at a time: read, build, match, hand on.
#include "actors/worker.hpp"

#include "actors/open_bundle.hpp"
#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <memory>
#include <utility>
#include <vector>

namespace logstream {

namespace {

struct worker_state {
  static inline const char* name = "worker";

  explicit worker_state(worker_actor::pointer self_pointer) : self(self_pointer) {}

  void take(ingest_bundle_ptr& bundle) {
    auto open = std::make_shared<open_bundle>(std::move(bundle));
    open->read(*decoder, settings.time->now(), settings.unpacked_bytes, *builder);
    open->build(*builder);
    if (settings.log)
      open->make_payloads();
    send_matches(open->batches());
    self->send(handles->committer, std::move(open));
  }

  void send_matches(const std::vector<built_batch>& built) {
    if (!routes)
      return;
    std::vector<batch_ptr> batches;
    for (const built_batch& each : built) batches.push_back(each.rows);
    for (rule_matches& each : routes->rules->match(batches)) {
      const std::uint32_t rule = each.rule;
      self->send(routes->actors[rule], rule_matches_ptr{std::make_shared<rule_matches>(std::move(each))});
    }
  }

  void rewire(const service_handles_ptr& now) {
    const bool new_alerts = !handles || handles->alerts != now->alerts;
    handles = now;
    if (new_alerts)
      self->send(handles->alerts, atom::join_v, worker_actor{self});
  }

  worker_actor::pointer self;
  worker_settings settings;
  std::unique_ptr<json_event_decoder> decoder;
  std::unique_ptr<batch_builder> builder;
  service_handles_ptr handles;
  alert_routes_ptr routes;
};

worker_actor::behavior_type worker(worker_actor::stateful_pointer<worker_state> self,
                                   const worker_settings& settings) {
  install_guards(self, worker_state::name);
  self->state.settings = settings;
  self->state.decoder = std::make_unique<json_event_decoder>(settings.limits);
  self->state.builder = std::make_unique<batch_builder>(settings.shards);
  return {
      [self](ingest_bundle_ptr& bundle) { self->state.take(bundle); },
      [self](const alert_routes_ptr& routes) { self->state.routes = routes; },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(handles); },
  };
}

}  // namespace

worker_actor spawn_worker(caf::actor_system& system, const worker_settings& settings) {
  return system.spawn(worker, settings);
}

}  // namespace logstream
