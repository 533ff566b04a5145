// SPDX-License-Identifier: MIT
// An evaluation with a mailbox, and a timer that runs only while there is something to wait for.
#include "actors/alert_rule.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <optional>
#include <utility>

namespace logstream {

namespace {

struct alert_rule_state {
  static inline const char* name = "alert-rule";

  explicit alert_rule_state(alert_rule_actor::pointer self_pointer) : self(self_pointer) {}

  void start(alert_rule_settings with) {
    settings = std::move(with);
    evaluation.emplace(settings.rule, settings.limits);
    for (const alert_ptr& each : settings.firing) evaluation->restore(each, settings.now->now());
    arm();
  }

  void take(const rule_matches& found) {
    tell(evaluation->take(found, settings.now->now()));
    arm();
  }

  void tick() {
    armed = false;
    tell(evaluation->advance(settings.now->now()));
    tell_status();
    arm();
  }

  void tell(const std::vector<alert_ptr>& changes) {
    for (const alert_ptr& each : changes) self->send(settings.manager, atom::notify_v, each);
  }

  void tell_status() {
    const evaluation_figures& seen = evaluation->figures();
    rule_status status{settings.rule->name,
                       seen.matches,
                       seen.late,
                       seen.ahead,
                       evaluation->groups(),
                       seen.evicted_groups,
                       evaluation->coarse_groups()};
    if (status == told)
      return;
    told = status;
    self->send(settings.manager, atom::notify_v, std::make_shared<const rule_status>(std::move(status)));
  }

  // The timer is armed again when it has gone off, so that ticks never pile up.
  void arm() {
    if (armed || evaluation->idle())
      return;
    armed = true;
    self->delayed_send(self, settings.tick, atom::internal_v, atom::tick_v);
  }

  alert_rule_actor::pointer self;
  alert_rule_settings settings;
  std::optional<rule_evaluation> evaluation;
  rule_status told;
  bool armed = false;
};

alert_rule_actor::behavior_type alert_rule_behavior(alert_rule_actor::stateful_pointer<alert_rule_state> self,
                                                    alert_rule_settings settings) {
  install_guards(self, alert_rule_state::name);
  self->monitor(settings.manager);
  self->set_down_handler([self](caf::down_msg&) { self->quit(); });
  self->state.start(std::move(settings));
  return {
      [self](const rule_matches_ptr& found) { self->state.take(*found); },
      [self](atom::put, const rule_ptr& rule) { self->state.evaluation->change(rule); },
      [self](atom::internal, atom::tick) { self->state.tick(); },
  };
}

}  // namespace

alert_rule_actor spawn_alert_rule(caf::actor_system& system, alert_rule_settings settings) {
  return system.spawn(alert_rule_behavior, std::move(settings));
}

}  // namespace logstream
