// SPDX-License-Identifier: MIT
// An alert rule: which events it counts, and how many in what time make an alert.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/model/level.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream {

/// A field of an event that must have exactly this text.
struct rule_field {
  std::string name;
  std::string value;

  bool operator==(const rule_field&) const = default;
};

/// All conditions that are given must hold; a rule without any counts every event.
struct alert_rule {
  std::string name;
  std::string description;
  std::string severity = "warning";
  bool enabled = true;

  level_set levels = level_set::all();
  /// Any of these; none means all.
  std::vector<std::string> services;
  /// Substring of the message; ASCII letters match in any case unless `case_sensitive`.
  std::string keyword;
  bool case_sensitive = false;
  /// RE2 syntax, found anywhere in the message.
  std::string regex;
  std::vector<rule_field> fields;

  /// The alert fires when a window of this length holds this many events.
  std::uint64_t threshold = 1;
  std::int64_t window = nanoseconds_per_minute;
  /// A group that fired does not fire again before this time has passed.
  std::int64_t cooldown = nanoseconds_per_minute;
  /// `service`, `level` or names of fields: each combination of their values is counted apart.
  std::vector<std::string> group_by;

  bool operator==(const alert_rule&) const = default;
  /// True if both count the same events in the same groups and windows.
  bool counts_as(const alert_rule& other) const;
};

using rule_ptr = std::shared_ptr<const alert_rule>;

/// Reads a rule as requests and the configuration file write it. Members: name (required), description,
/// severity, enabled, level, service (each one text or a list), keyword, case_sensitive, regex, fields (an
/// object), threshold, window, cooldown (texts as `1m30s`, or
/// seconds; the cool-down is as long as the window unless given), group_by (one text or a list). Errors
/// are errc::invalid and begin with the member's name.
result<alert_rule> parse_rule(const nlohmann::json& from);

/// Writes a rule so that parse_rule reads the same one.
nlohmann::json to_json(const alert_rule& rule);

}  // namespace logstream
