// SPDX-License-Identifier: MIT
// The alert manager's tables of rules and webhooks, and how they are shown.
#pragma once

#include "messages/interfaces.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace logstream {

/// Who made a rule or webhook.
enum class alert_origin : std::uint8_t { configuration, api };

std::string_view to_string(alert_origin origin);

struct rule_entry {
  rule_ptr rule;
  alert_origin origin = alert_origin::configuration;
  /// Null while disabled, and between death and restart.
  alert_rule_actor actor;
  std::chrono::steady_clock::time_point started;
  std::uint64_t fired = 0;
  timestamp last_fired = 0;
  rule_status status;
};

struct webhook_entry {
  webhook_ptr hook;
  alert_origin origin = alert_origin::configuration;
  /// Null between death and restart.
  notifier_actor actor;
  std::chrono::steady_clock::time_point started;
  webhook_status_ptr status;
};

/// By name, by id.
using rule_table = std::map<std::string, rule_entry>;
using webhook_table = std::map<std::string, webhook_entry>;

/// As GET shows them. `firing` is how many alerts of the rule fire.
nlohmann::json to_json(const rule_entry& entry, std::size_t firing);
nlohmann::json to_json(const webhook_entry& entry);

}  // namespace logstream
