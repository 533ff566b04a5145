// SPDX-License-Identifier: MIT
// Messages in, keepers and history behind.
#include "actors/alert_manager.hpp"

#include "actors/alert_history.hpp"
#include "actors/rule_keeper.hpp"
#include "actors/support/guards.hpp"
#include "actors/webhook_keeper.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <nlohmann/json.hpp>

#include <optional>
#include <utility>

namespace logstream {

namespace {

struct alert_manager_state {
  static inline const char* name = "alert-manager";

  explicit alert_manager_state(alert_manager_actor::pointer self_pointer) : self(self_pointer) {}

  void start(alert_manager_settings with) {
    settings = std::move(with);
    history.emplace(settings.recent_alerts);
    webhooks.emplace(self, settings);
    rules.emplace(self, settings, *history, [this](const alert_ptr& what) { tell(what); });
  }

  void reload(const alert_configuration& configuration) {
    webhooks->reload(configuration.webhooks);
    rules->reload(configuration.rules);
  }

  // Only what comes from the actor that serves a rule now counts: its predecessor's alerts have ended with
  // it.
  void take(const alert_ptr& what) {
    const std::string* rule = rules->rule_of(caf::actor_cast<caf::actor_addr>(self->current_sender()));
    if (rule != nullptr && *rule == what->rule)
      tell(what);
  }

  void tell(const alert_ptr& what) {
    switch (history->take(what)) {
      case alert_history::change::fired:
        rules->count_fired(*what);
        webhooks->announce(what);
        break;
      case alert_history::change::resolved:
        webhooks->announce(what);
        break;
      case alert_history::change::updated:
      case alert_history::change::unknown:
        break;
    }
  }

  void take_status(const rule_status_ptr& status) {
    const std::string* rule = rules->rule_of(caf::actor_cast<caf::actor_addr>(self->current_sender()));
    if (rule != nullptr && *rule == status->rule)
      rules->take_status(*status);
  }

  void take_status(const webhook_status_ptr& status) {
    webhooks->take_status(caf::actor_cast<caf::actor_addr>(self->current_sender()), status);
  }

  void child_down(const caf::down_msg& down) {
    if (!rules->child_down(down))
      webhooks->child_down(down);
  }

  void restart_dead() {
    rules->restart_dead();
    webhooks->restart_dead();
  }

  alert_figures figures() const {
    alert_figures made;
    made.rules = rules->size();
    made.firing = history->firing();
    made.fired = history->fired();
    made.resolved = history->resolved();
    webhooks->add_figures(made);
    return made;
  }

  alert_manager_actor::pointer self;
  alert_manager_settings settings;
  std::optional<alert_history> history;
  std::optional<webhook_keeper> webhooks;
  std::optional<rule_keeper> rules;
};

alert_manager_actor::behavior_type alert_manager(
    alert_manager_actor::stateful_pointer<alert_manager_state> self, alert_manager_settings settings) {
  install_guards(self, alert_manager_state::name);
  self->set_down_handler([self](const caf::down_msg& down) { self->state.child_down(down); });
  self->state.start(std::move(settings));
  rule_keeper& rules = *self->state.rules;
  webhook_keeper& webhooks = *self->state.webhooks;
  return {
      [&rules](atom::join, const worker_actor& worker) { rules.join(worker); },
      [self](atom::reload, const alert_configuration_ptr& configuration) {
        self->state.reload(*configuration);
      },
      [&rules](atom::list, const json_answer_ptr& to) { to->deliver(rules.list()); },
      [&rules](atom::get, const std::string& name, const json_answer_ptr& to) {
        to->deliver(rules.get(name));
      },
      [&rules](atom::add, const rule_ptr& rule, const json_answer_ptr& to) { to->deliver(rules.add(rule)); },
      [&rules](atom::put, const rule_ptr& rule, const json_answer_ptr& to) { to->deliver(rules.put(rule)); },
      [&rules](atom::erase, const std::string& name, const json_answer_ptr& to) {
        to->deliver(rules.erase(name));
      },
      [self](atom::alerts, const json_answer_ptr& to) { to->deliver(self->state.history->to_json()); },
      [&webhooks](atom::webhook, atom::list, const json_answer_ptr& to) { to->deliver(webhooks.list()); },
      [&webhooks](atom::webhook, atom::add, const webhook_ptr& hook, const json_answer_ptr& to) {
        to->deliver(webhooks.add(hook));
      },
      [&webhooks](atom::webhook, atom::erase, const std::string& id, const json_answer_ptr& to) {
        to->deliver(webhooks.erase(id));
      },
      [&webhooks](atom::webhook, atom::test, const std::string& id, const json_answer_ptr& to) {
        webhooks.test(id, to);
      },
      [self](atom::stats) { return self->state.figures(); },
      [self](atom::notify, const alert_ptr& what) { self->state.take(what); },
      [self](atom::notify, const rule_status_ptr& status) { self->state.take_status(status); },
      [self](atom::notify, const webhook_status_ptr& status) { self->state.take_status(status); },
      [self](atom::internal, atom::resume) { self->state.restart_dead(); },
  };
}

}  // namespace

alert_manager_actor spawn_alert_manager(caf::actor_system& system, alert_manager_settings settings) {
  return system.spawn(alert_manager, std::move(settings));
}

}  // namespace logstream
