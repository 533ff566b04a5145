// SPDX-License-Identifier: MIT
// Rules and webhooks as JSON, with how they do.
#include "actors/alert_tables.hpp"

#include "engine/wire/time_text.hpp"

#include <nlohmann/json.hpp>

#include <utility>

namespace logstream {

namespace {

std::string_view to_string(webhook_state state) {
  switch (state) {
    case webhook_state::ok:
      return "ok";
    case webhook_state::failing:
      return "failing";
    case webhook_state::disabled:
      break;
  }
  return "disabled";
}

nlohmann::json to_json(const delivery_record& of) {
  return {{"time", format_rfc3339(of.time)},
          {"event", of.event},
          {"rule", of.rule},
          {"status", of.status},
          {"attempts", of.attempts},
          {"latency_ms", static_cast<double>(of.latency.count()) / 1'000},
          {"error", of.failure}};
}

}  // namespace

std::string_view to_string(alert_origin origin) {
  return origin == alert_origin::configuration ? "configuration" : "api";
}

nlohmann::json to_json(const rule_entry& entry, std::size_t firing) {
  nlohmann::json made = to_json(*entry.rule);
  made["origin"] = to_string(entry.origin);
  made["state"] = !entry.rule->enabled ? "disabled" : firing != 0 ? "firing" : "ok";
  made["firing"] = firing;
  made["fired"] = entry.fired;
  made["last_fired"] = entry.fired != 0 ? nlohmann::json(format_rfc3339(entry.last_fired)) : nlohmann::json();
  made["matches"] = entry.status.matches;
  made["late"] = entry.status.late;
  made["ahead"] = entry.status.ahead;
  made["groups"] = entry.status.groups;
  made["evicted_groups"] = entry.status.evicted_groups;
  made["coarse_groups"] = entry.status.coarse_groups;
  return made;
}

nlohmann::json to_json(const webhook_entry& entry) {
  const webhook_status none{};
  const webhook_status& status = entry.status ? *entry.status : none;
  nlohmann::json deliveries = nlohmann::json::array();
  for (auto each = status.deliveries.rbegin(); each != status.deliveries.rend(); ++each)
    deliveries.push_back(to_json(**each));
  nlohmann::json made = to_public_json(*entry.hook);
  made["origin"] = to_string(entry.origin);
  made["state"] = to_string(entry.hook->enabled ? status.state : webhook_state::disabled);
  made["queued"] = status.queued;
  made["delivered"] = status.delivered;
  made["failed"] = status.failed;
  made["dropped"] = status.dropped;
  made["deliveries"] = std::move(deliveries);
  return made;
}

}  // namespace logstream
