// SPDX-License-Identifier: MIT
// The actor of one alert rule: takes matches from all workers, tells the alert manager what fires and
// resolves.
#pragma once

#include "engine/alert/evaluation.hpp"
#include "engine/base/clock.hpp"
#include "messages/interfaces.hpp"

#include <chrono>
#include <memory>
#include <vector>

namespace logstream {

struct alert_rule_settings {
  rule_ptr rule;
  std::shared_ptr<const clock> now;
  evaluation_limits limits;
  std::chrono::milliseconds tick{1'000};
  /// Hears of alerts; the actor ends when it ends.
  alert_manager_actor manager;
  /// Alerts of this rule that fired before a restart.
  std::vector<alert_ptr> firing;
};

alert_rule_actor spawn_alert_rule(caf::actor_system& system, alert_rule_settings settings);

}  // namespace logstream
