// SPDX-License-Identifier: MIT
// The part of the alert manager that looks after webhooks, their notifiers and the sender.
#pragma once

#include "actors/alert_manager.hpp"
#include "actors/alert_tables.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <map>
#include <string>
#include <vector>

namespace logstream {

/// Lives in the manager's state, and acts in its name.
class webhook_keeper {
 public:
  webhook_keeper(alert_manager_actor::pointer self, const alert_manager_settings& settings)
      : self_(self), settings_(settings) {}

  nlohmann::json list() const;
  result<nlohmann::json> add(const webhook_ptr& hook);
  result<nlohmann::json> erase(const std::string& id);
  void test(const std::string& id, const json_answer_ptr& answer);
  /// Makes the webhooks of the configuration these.
  void reload(const std::vector<webhook_ptr>& hooks);

  /// Passes an alert on to whom it concerns.
  void announce(const alert_ptr& what);
  /// A notifier tells how it does.
  void take_status(const caf::actor_addr& from, const webhook_status_ptr& status);
  /// True if the dead was one of ours; it is started again, now or by restart_dead().
  bool child_down(const caf::down_msg& down);
  void restart_dead();
  void add_figures(alert_figures& to) const;

 private:
  void put(const webhook_ptr& hook, alert_origin origin);
  void remove(webhook_table::iterator which);
  void start(webhook_entry& entry);
  void start_sender();
  void stop(webhook_entry& entry);

  alert_manager_actor::pointer self_;
  const alert_manager_settings& settings_;
  webhook_table hooks_;
  std::map<caf::actor_addr, std::string> ids_;
  http_sender_actor sender_;
  std::chrono::steady_clock::time_point sender_started_;
  /// What webhooks that are no more did.
  webhook_status past_;
  std::uint64_t starts_ = 0;
};

}  // namespace logstream
