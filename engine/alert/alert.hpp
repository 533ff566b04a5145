// SPDX-License-Identifier: MIT
// An alert: that a rule's threshold was reached by one group of events, with some of them as evidence.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/event.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

enum class alert_state : std::uint8_t { firing, resolved };

std::string_view to_string(alert_state state);

/// An alert carries at most this many events.
inline constexpr std::size_t max_alert_events = 10;

struct alert {
  std::string rule;
  std::string severity;
  std::string description;
  alert_state state = alert_state::firing;
  /// Name and value of what the rule groups by.
  std::vector<std::pair<std::string, std::string>> group;
  /// The most events that one window held while the alert fired.
  std::uint64_t count = 0;
  std::uint64_t threshold = 0;
  std::int64_t window = 0;
  /// Of the events that were counted.
  timestamp first_time = 0;
  timestamp last_time = 0;
  /// By our own clock; resolved_at is 0 while firing.
  timestamp fired_at = 0;
  timestamp resolved_at = 0;
  /// The newest events that were counted when it fired, oldest first.
  std::vector<event> events;
  /// Equal for all alerts of the same rule and group.
  std::string fingerprint;

  bool operator==(const alert&) const = default;
};

using alert_ptr = std::shared_ptr<const alert>;

/// The fingerprint of a rule's alerts for one group: 16 hexadecimal digits.
std::string alert_fingerprint(std::string_view rule,
                              const std::vector<std::pair<std::string, std::string>>& group);

/// Members: fingerprint, rule, state, severity, description, group, count, threshold, window (`1m`),
/// first_time, last_time, fired_at, resolved_at (RFC 3339; null while firing), events (timestamp, level,
/// service, message, metadata).
nlohmann::json to_json(const alert& value);

}  // namespace logstream
