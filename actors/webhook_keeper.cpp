// SPDX-License-Identifier: MIT
// One notifier for each webhook, one sender for all.
#include "actors/webhook_keeper.hpp"

#include "actors/support/guards.hpp"

#include <caf/typed_event_based_actor.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace logstream {

nlohmann::json webhook_keeper::list() const {
  nlohmann::json webhooks = nlohmann::json::array();
  for (const auto& [id, entry] : hooks_) webhooks.push_back(to_json(entry));
  return {{"count", hooks_.size()}, {"webhooks", std::move(webhooks)}};
}

result<nlohmann::json> webhook_keeper::add(const webhook_ptr& hook) {
  if (hooks_.contains(hook->id))
    return make_error(errc::conflict, "there is a webhook '" + hook->id + "' already");
  if (hooks_.size() >= settings_.max_webhooks)
    return make_error(errc::conflict,
                      "there are " + std::to_string(hooks_.size()) + " webhooks already, no more may be");
  put(hook, alert_origin::api);
  return to_json(hooks_.at(hook->id));
}

result<nlohmann::json> webhook_keeper::erase(const std::string& id) {
  const auto found = hooks_.find(id);
  if (found == hooks_.end())
    return make_error(errc::not_found, "there is no webhook '" + id + "'");
  nlohmann::json last = to_json(found->second);
  remove(found);
  return last;
}

void webhook_keeper::test(const std::string& id, const json_answer_ptr& answer) {
  const auto found = hooks_.find(id);
  if (found == hooks_.end())
    return answer->deliver(make_error(errc::not_found, "there is no webhook '" + id + "'"));
  // Without a notifier the answer is dropped, which tells the asker that it is restarting.
  if (found->second.actor)
    self_->send(found->second.actor, atom::test_v, answer);
}

void webhook_keeper::reload(const std::vector<webhook_ptr>& hooks) {
  const auto is_configured = [&](const std::string& id) {
    return std::any_of(hooks.begin(), hooks.end(), [&](const webhook_ptr& each) { return each->id == id; });
  };
  for (auto next = hooks_.begin(); next != hooks_.end();) {
    const auto each = next++;
    if (each->second.origin == alert_origin::configuration && !is_configured(each->first))
      remove(each);
  }
  for (const webhook_ptr& each : hooks) {
    const auto known = hooks_.find(each->id);
    if (known == hooks_.end() ||
        (known->second.origin == alert_origin::configuration && *known->second.hook != *each))
      put(each, alert_origin::configuration);
  }
}

void webhook_keeper::announce(const alert_ptr& what) {
  for (const auto& [id, entry] : hooks_)
    if (entry.actor && entry.hook->wants(what->rule, what->state == alert_state::firing))
      self_->send(entry.actor, atom::notify_v, what);
}

void webhook_keeper::take_status(const caf::actor_addr& from, const webhook_status_ptr& status) {
  const auto known = ids_.find(from);
  if (known == ids_.end())
    return;
  webhook_entry& entry = hooks_.at(known->second);
  if (status->state == webhook_state::failing && entry.status && entry.status->state == webhook_state::ok)
    log_unexpected("notifier", "webhook '" + known->second + "' fails");
  entry.status = status;
}

bool webhook_keeper::child_down(const caf::down_msg& down) {
  const auto now = self_->clock().now();
  if (sender_ && down.source == sender_.address()) {
    log_unexpected("alert-manager", "http-sender died (" + describe(down.reason) + ")");
    sender_ = nullptr;
    if (now - sender_started_ < settings_.restart_pause)
      self_->delayed_send(self_, settings_.restart_pause, atom::internal_v, atom::resume_v);
    else
      restart_dead();
    return true;
  }
  const auto known = ids_.find(down.source);
  if (known == ids_.end())
    return false;
  webhook_entry& entry = hooks_.at(known->second);
  log_unexpected("alert-manager", "notifier of '" + known->second + "' died (" + describe(down.reason) + ")");
  ids_.erase(known);
  entry.actor = nullptr;
  if (now - entry.started < settings_.restart_pause)
    self_->delayed_send(self_, settings_.restart_pause, atom::internal_v, atom::resume_v);
  else
    restart_dead();
  return true;
}

void webhook_keeper::restart_dead() {
  if (hooks_.empty())
    return;
  if (!sender_) {
    start_sender();
    for (const auto& [id, entry] : hooks_)
      if (entry.actor)
        self_->send(entry.actor, atom::wire_v, sender_);
  }
  for (auto& [id, entry] : hooks_)
    if (!entry.actor)
      start(entry);
}

void webhook_keeper::add_figures(alert_figures& to) const {
  const auto add = [&](const webhook_status& status) {
    to.deliveries += status.delivered;
    to.delivery_failures += status.failed;
    to.deliveries_dropped += status.dropped;
  };
  add(past_);
  for (const auto& [id, entry] : hooks_)
    if (entry.status)
      add(*entry.status);
}

void webhook_keeper::put(const webhook_ptr& hook, alert_origin origin) {
  webhook_entry& entry = hooks_[hook->id];
  stop(entry);
  entry.hook = hook;
  entry.origin = origin;
  if (entry.status) {
    auto anew = *entry.status;
    anew.state = webhook_state::ok;
    entry.status = std::make_shared<const webhook_status>(std::move(anew));
  }
  if (!sender_)
    start_sender();
  start(entry);
}

void webhook_keeper::remove(webhook_table::iterator which) {
  stop(which->second);
  if (const webhook_status_ptr& last = which->second.status) {
    past_.delivered += last->delivered;
    past_.failed += last->failed;
    past_.dropped += last->dropped + last->queued;
  }
  hooks_.erase(which);
}

void webhook_keeper::start(webhook_entry& entry) {
  notifier_settings mine;
  mine.hook = entry.hook;
  mine.now = settings_.now;
  mine.limits = settings_.delivery;
  mine.manager = self_;
  mine.sender = sender_;
  mine.seed = settings_.seed + ++starts_;
  mine.before = entry.status;
  entry.actor = spawn_notifier(self_->system(), std::move(mine));
  entry.started = self_->clock().now();
  self_->monitor(entry.actor);
  ids_.emplace(entry.actor.address(), entry.hook->id);
}

void webhook_keeper::start_sender() {
  sender_ = settings_.make_sender(self_->system(), self_->address());
  sender_started_ = self_->clock().now();
  self_->monitor(sender_);
}

void webhook_keeper::stop(webhook_entry& entry) {
  if (!entry.actor)
    return;
  ids_.erase(entry.actor.address());
  self_->send_exit(entry.actor, caf::exit_reason::user_shutdown);
  entry.actor = nullptr;
}

}  // namespace logstream
