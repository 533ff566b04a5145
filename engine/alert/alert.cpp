// SPDX-License-Identifier: MIT
// Fingerprints, and alerts as JSON.
#include "engine/alert/alert.hpp"

#include "engine/wire/time_text.hpp"

#include <nlohmann/json.hpp>
#include <xxhash.h>

#include <array>
#include <cstdio>

namespace logstream {

namespace {

nlohmann::json field_value(const field& of) {
  if (of.literal) {
    auto parsed = nlohmann::json::parse(of.value, nullptr, false);
    if (!parsed.is_discarded())
      return parsed;
  }
  return of.value;
}

nlohmann::json event_json(const event& of) {
  nlohmann::json metadata = nlohmann::json::object();
  for (const field& each : of.fields) metadata[each.name] = field_value(each);
  return {{"timestamp", format_rfc3339(of.time)},
          {"level", to_string(of.severity)},
          {"service", of.service},
          {"message", of.message},
          {"metadata", std::move(metadata)}};
}

}  // namespace

std::string_view to_string(alert_state state) {
  return state == alert_state::firing ? "firing" : "resolved";
}

std::string alert_fingerprint(std::string_view rule,
                              const std::vector<std::pair<std::string, std::string>>& group) {
  std::string identity{rule};
  for (const auto& [name, value] : group) {
    // Sizes in front, so that no two groups run together to the same text.
    identity.append(1, '\0').append(std::to_string(name.size())).append(1, ':').append(name);
    identity.append(std::to_string(value.size())).append(1, ':').append(value);
  }
  std::array<char, 17> text{};
  std::snprintf(text.data(), text.size(), "%016llx",
                static_cast<unsigned long long>(XXH3_64bits(identity.data(), identity.size())));
  return text.data();
}

nlohmann::json to_json(const alert& value) {
  nlohmann::json group = nlohmann::json::object();
  for (const auto& [name, text] : value.group) group[name] = text;
  nlohmann::json events = nlohmann::json::array();
  for (const event& each : value.events) events.push_back(event_json(each));
  const bool resolved = value.state == alert_state::resolved;
  return {{"fingerprint", value.fingerprint},
          {"rule", value.rule},
          {"state", to_string(value.state)},
          {"severity", value.severity},
          {"description", value.description},
          {"group", std::move(group)},
          {"count", value.count},
          {"threshold", value.threshold},
          {"window", format_duration(value.window)},
          {"first_time", format_rfc3339(value.first_time)},
          {"last_time", format_rfc3339(value.last_time)},
          {"fired_at", format_rfc3339(value.fired_at)},
          {"resolved_at", resolved ? nlohmann::json(format_rfc3339(value.resolved_at)) : nlohmann::json()},
          {"events", std::move(events)}};
}

}  // namespace logstream
