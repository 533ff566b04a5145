// SPDX-License-Identifier: MIT
// One actor for each enabled rule, one set of filters for all.
#include "actors/rule_keeper.hpp"

#include "actors/support/guards.hpp"

#include <caf/typed_event_based_actor.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace logstream {

namespace {

error no_such_rule(const std::string& name) {
  return make_error(errc::not_found, "there is no rule '" + name + "'");
}

}  // namespace

nlohmann::json rule_keeper::list() const {
  nlohmann::json rules = nlohmann::json::array();
  for (const auto& [name, entry] : rules_) rules.push_back(show(entry));
  return {{"count", rules_.size()}, {"rules", std::move(rules)}};
}

result<nlohmann::json> rule_keeper::get(const std::string& name) const {
  const auto found = rules_.find(name);
  if (found == rules_.end())
    return no_such_rule(name);
  return show(found->second);
}

result<nlohmann::json> rule_keeper::add(const rule_ptr& rule) {
  if (rules_.contains(rule->name))
    return make_error(errc::conflict, "there is a rule '" + rule->name + "' already");
  return put(rule);
}

result<nlohmann::json> rule_keeper::put(const rule_ptr& rule) {
  if (!rules_.contains(rule->name) && rules_.size() >= settings_.max_rules)
    return make_error(errc::conflict,
                      "there are " + std::to_string(rules_.size()) + " rules already, no more may be");
  set(rule, alert_origin::api);
  publish();
  return show(rules_.at(rule->name));
}

result<nlohmann::json> rule_keeper::erase(const std::string& name) {
  const auto found = rules_.find(name);
  if (found == rules_.end())
    return no_such_rule(name);
  nlohmann::json last = show(found->second);
  remove(found);
  publish();
  return last;
}

void rule_keeper::reload(const std::vector<rule_ptr>& rules) {
  const auto is_configured = [&](const std::string& name) {
    return std::any_of(rules.begin(), rules.end(), [&](const rule_ptr& each) { return each->name == name; });
  };
  for (auto next = rules_.begin(); next != rules_.end();) {
    const auto each = next++;
    if (each->second.origin == alert_origin::configuration && !is_configured(each->first))
      remove(each);
  }
  for (const rule_ptr& each : rules) {
    const auto known = rules_.find(each->name);
    if (known == rules_.end() ||
        (known->second.origin == alert_origin::configuration && *known->second.rule != *each))
      set(each, alert_origin::configuration);
  }
  publish();
}

void rule_keeper::join(const worker_actor& worker) {
  if (std::find(workers_.begin(), workers_.end(), worker) == workers_.end()) {
    self_->monitor(worker);
    workers_.push_back(worker);
  }
  if (routes_)
    self_->send(worker, routes_);
}

const std::string* rule_keeper::rule_of(const caf::actor_addr& actor) const {
  const auto found = names_.find(actor);
  return found == names_.end() ? nullptr : &found->second;
}

void rule_keeper::count_fired(const alert& what) {
  const auto found = rules_.find(what.rule);
  if (found == rules_.end())
    return;
  ++found->second.fired;
  found->second.last_fired = what.fired_at;
}

void rule_keeper::take_status(const rule_status& status) {
  if (const auto found = rules_.find(status.rule); found != rules_.end())
    found->second.status = status;
}

bool rule_keeper::child_down(const caf::down_msg& down) {
  if (std::erase_if(workers_, [&](const worker_actor& each) { return each.address() == down.source; }) != 0)
    return true;
  const auto known = names_.find(down.source);
  if (known == names_.end())
    return false;
  rule_entry& entry = rules_.at(known->second);
  log_unexpected("alert-manager",
                 "actor of rule '" + known->second + "' died (" + describe(down.reason) + ")");
  names_.erase(known);
  entry.actor = nullptr;
  if (self_->clock().now() - entry.started < settings_.restart_pause) {
    publish();
    self_->delayed_send(self_, settings_.restart_pause, atom::internal_v, atom::resume_v);
  } else {
    restart_dead();
  }
  return true;
}

void rule_keeper::restart_dead() {
  bool any = false;
  for (auto& [name, entry] : rules_) {
    if (entry.actor || !entry.rule->enabled)
      continue;
    start(entry);
    any = true;
  }
  if (any)
    publish();
}

nlohmann::json rule_keeper::show(const rule_entry& entry) const {
  return to_json(entry, history_.firing_of(entry.rule->name).size());
}

void rule_keeper::set(const rule_ptr& rule, alert_origin origin) {
  rule_entry& entry = rules_[rule->name];
  const rule_ptr before = std::exchange(entry.rule, rule);
  entry.origin = origin;
  if (entry.actor && rule->enabled && rule->counts_as(*before)) {
    self_->send(entry.actor, atom::put_v, rule);
    return;
  }
  stop(entry);
  if (rule->enabled)
    start(entry);
}

void rule_keeper::remove(rule_table::iterator which) {
  stop(which->second);
  rules_.erase(which);
}

void rule_keeper::start(rule_entry& entry) {
  alert_rule_settings mine;
  mine.rule = entry.rule;
  mine.now = settings_.now;
  mine.limits = settings_.limits;
  mine.tick = settings_.tick;
  mine.manager = self_;
  mine.firing = history_.firing_of(entry.rule->name);
  entry.actor = spawn_alert_rule(self_->system(), std::move(mine));
  entry.started = self_->clock().now();
  self_->monitor(entry.actor);
  names_.emplace(entry.actor.address(), entry.rule->name);
}

void rule_keeper::stop(rule_entry& entry) {
  if (entry.actor) {
    names_.erase(entry.actor.address());
    self_->send_exit(entry.actor, caf::exit_reason::user_shutdown);
    entry.actor = nullptr;
  }
  entry.status = {};
  for (const alert_ptr& each : history_.firing_of(entry.rule->name)) {
    alert over = *each;
    over.state = alert_state::resolved;
    over.resolved_at = settings_.now->now();
    tell_(std::make_shared<const alert>(std::move(over)));
  }
}

void rule_keeper::publish() {
  std::vector<rule_ptr> rules;
  auto made = std::make_shared<alert_routes>();
  for (const auto& [name, entry] : rules_) {
    if (!entry.actor)
      continue;
    rules.push_back(entry.rule);
    made->actors.push_back(entry.actor);
  }
  auto compiled = rule_set::compile(std::move(rules), routes_ ? routes_->rules.get() : nullptr);
  if (!compiled)
    return log_unexpected("alert-manager", compiled.failure().message);
  made->rules = *compiled;
  routes_ = std::move(made);
  for (const worker_actor& each : workers_) self_->send(each, routes_);
}

}  // namespace logstream
