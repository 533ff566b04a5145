// SPDX-License-Identifier: MIT
// The part of the alert manager that looks after rules, their actors, and the filters that workers match
// with.
#pragma once

#include "actors/alert_history.hpp"
#include "actors/alert_manager.hpp"
#include "actors/alert_tables.hpp"
#include "messages/interfaces.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace logstream {

/// Lives in the manager's state, and acts in its name.
class rule_keeper {
 public:
  /// `tell` hears of alerts that end because their rule does.
  rule_keeper(alert_manager_actor::pointer self, const alert_manager_settings& settings,
              const alert_history& history, std::function<void(const alert_ptr&)> tell)
      : self_(self), settings_(settings), history_(history), tell_(std::move(tell)) {}

  nlohmann::json list() const;
  result<nlohmann::json> get(const std::string& name) const;
  result<nlohmann::json> add(const rule_ptr& rule);
  result<nlohmann::json> put(const rule_ptr& rule);
  result<nlohmann::json> erase(const std::string& name);
  /// Makes the rules of the configuration file these.
  void reload(const std::vector<rule_ptr>& rules);

  /// A worker wants to match.
  void join(const worker_actor& worker);
  /// The name of the rule that `actor` serves now; null if it serves none.
  const std::string* rule_of(const caf::actor_addr& actor) const;
  void count_fired(const alert& what);
  void take_status(const rule_status& status);
  /// True if the dead was one of ours, or a worker; a rule's actor is started again, now or by
  /// restart_dead().
  bool child_down(const caf::down_msg& down);
  void restart_dead();
  std::size_t size() const { return rules_.size(); }

 private:
  nlohmann::json show(const rule_entry& entry) const;
  void set(const rule_ptr& rule, alert_origin origin);
  void remove(rule_table::iterator which);
  void start(rule_entry& entry);
  void stop(rule_entry& entry);
  /// Compiles the filters anew and gives them to all workers.
  void publish();

  alert_manager_actor::pointer self_;
  const alert_manager_settings& settings_;
  const alert_history& history_;
  std::function<void(const alert_ptr&)> tell_;
  rule_table rules_;
  std::map<caf::actor_addr, std::string> names_;
  std::vector<worker_actor> workers_;
  alert_routes_ptr routes_;
};

}  // namespace logstream
