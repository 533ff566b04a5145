// SPDX-License-Identifier: MIT
// Rules from JSON and back.
#include "engine/alert/rule.hpp"

#include "engine/alert/json_members.hpp"
#include "engine/match/pattern.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>

namespace logstream {

namespace {

constexpr std::size_t longest_name = 128;
constexpr std::size_t longest_severity = 32;
constexpr std::size_t longest_description = 1024;
constexpr std::size_t longest_pattern = 1024;
constexpr std::size_t longest_value = 1024;
constexpr std::size_t most_services = 64;
constexpr std::size_t most_fields = 16;
constexpr std::size_t most_groupings = 8;
constexpr std::uint64_t highest_threshold = 1'000'000;
constexpr std::int64_t shortest_window = nanoseconds_per_second;
constexpr std::int64_t one_day = 24 * 60 * nanoseconds_per_minute;

void read_levels(json_members& in, level_set& into) {
  std::vector<std::string> names;
  in.texts("level", names, level_count, longest_severity);
  if (names.empty())
    return;
  level_set read;
  for (const std::string& each : names) {
    const auto known = parse_level(each);
    if (!known)
      return in.fail("level", "'" + each + "' is not a level");
    read.insert(*known);
  }
  into = read;
}

void read_fields(json_members& in, std::vector<rule_field>& into) {
  std::vector<std::pair<std::string, std::string>> pairs;
  in.pairs("fields", pairs, most_fields, longest_value);
  for (auto& [name, value] : pairs) into.push_back({std::move(name), std::move(value)});
}

nlohmann::json level_names(const level_set& levels) {
  nlohmann::json names = nlohmann::json::array();
  for (const level each : all_levels)
    if (levels.contains(each))
      names.push_back(to_string(each));
  return names;
}

}  // namespace

bool alert_rule::counts_as(const alert_rule& other) const {
  return levels == other.levels && services == other.services && keyword == other.keyword &&
         case_sensitive == other.case_sensitive && regex == other.regex && fields == other.fields &&
         window == other.window && group_by == other.group_by;
}

result<alert_rule> parse_rule(const nlohmann::json& from) {
  alert_rule rule;
  json_members in{from, "a rule"};
  in.require("name");
  in.text("name", rule.name, longest_name);
  if (in.has("name") && rule.name.empty())
    in.fail("name", "must not be empty");
  in.text("description", rule.description, longest_description);
  in.text("severity", rule.severity, longest_severity);
  in.flag("enabled", rule.enabled);
  read_levels(in, rule.levels);
  in.texts("service", rule.services, most_services, longest_value);
  in.text("keyword", rule.keyword, longest_pattern);
  in.flag("case_sensitive", rule.case_sensitive);
  in.text("regex", rule.regex, longest_pattern);
  if (!in.failed() && !rule.regex.empty())
    if (const auto compiled = compile_pattern(rule.regex); !compiled)
      in.fail("regex", compiled.failure().message);
  read_fields(in, rule.fields);
  in.whole("threshold", rule.threshold, 1, highest_threshold);
  in.duration("window", rule.window, shortest_window, one_day);
  rule.cooldown = rule.window;
  in.duration("cooldown", rule.cooldown, 0, 7 * one_day);
  in.texts("group_by", rule.group_by, most_groupings, longest_value);
  if (const auto failure = in.finish())
    return *failure;
  return rule;
}

nlohmann::json to_json(const alert_rule& rule) {
  nlohmann::json made{{"name", rule.name},
                      {"description", rule.description},
                      {"severity", rule.severity},
                      {"enabled", rule.enabled},
                      {"threshold", rule.threshold},
                      {"window", format_duration(rule.window)},
                      {"cooldown", format_duration(rule.cooldown)}};
  if (rule.levels != level_set::all())
    made["level"] = level_names(rule.levels);
  if (!rule.services.empty())
    made["service"] = rule.services;
  if (!rule.keyword.empty()) {
    made["keyword"] = rule.keyword;
    made["case_sensitive"] = rule.case_sensitive;
  }
  if (!rule.regex.empty())
    made["regex"] = rule.regex;
  if (!rule.fields.empty())
    for (const rule_field& each : rule.fields) made["fields"][each.name] = each.value;
  if (!rule.group_by.empty())
    made["group_by"] = rule.group_by;
  return made;
}

}  // namespace logstream
