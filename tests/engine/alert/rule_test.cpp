// SPDX-License-Identifier: MIT
// Rules from JSON and back.
#include "engine/alert/rule.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using nlohmann::json;

alert_rule parsed(const char* text) {
  const auto made = parse_rule(json::parse(text));
  INFO(text);
  REQUIRE(made);
  return *made;
}

std::string refusal(const json& from) {
  const auto made = parse_rule(from);
  INFO(from.dump());
  REQUIRE(!made);
  CHECK(made.failure().code == errc::invalid);
  return made.failure().message;
}

}  // namespace

TEST_CASE("a rule needs no more than a name") {
  const alert_rule rule = parsed(R"({"name": "any"})");
  CHECK(rule.name == "any");
  CHECK(rule.enabled);
  CHECK(rule.levels == level_set::all());
  CHECK(rule.threshold == 1);
  CHECK(rule.window == nanoseconds_per_minute);
  CHECK(rule.severity == "warning");
}

TEST_CASE("every member of a rule is read, and written so that the same rule is read again") {
  const alert_rule rule = parsed(R"({
    "name": "slow", "description": "slow queries", "severity": "page", "enabled": false, "level": ["warn", "ERR"],
    "service": "db", "keyword": "Slow", "case_sensitive": true, "regex": "[0-9]+ ms", "fields": {"a.b": "x", "n": 5},
    "threshold": 7, "window": "1m30s", "cooldown": 10, "group_by": ["service", "host"]})");
  CHECK(rule.description == "slow queries");
  CHECK(rule.severity == "page");
  CHECK(!rule.enabled);
  CHECK((rule.levels.contains(level::warn) && rule.levels.contains(level::error) &&
         !rule.levels.contains(level::info)));
  CHECK(rule.services == std::vector<std::string>{"db"});
  CHECK(rule.case_sensitive);
  CHECK(rule.fields == std::vector<rule_field>{{"a.b", "x"}, {"n", "5"}});
  CHECK(rule.threshold == 7);
  CHECK(rule.window == 90 * nanoseconds_per_second);
  CHECK(rule.cooldown == 10 * nanoseconds_per_second);
  CHECK(rule.group_by == std::vector<std::string>{"service", "host"});
  const auto again = parse_rule(to_json(rule));
  REQUIRE(again);
  CHECK(*again == rule);
}

TEST_CASE("the cool-down is as long as the window unless it is given") {
  CHECK(parsed(R"({"name": "x", "window": 30})").cooldown == 30 * nanoseconds_per_second);
  CHECK(parsed(R"({"name": "x", "window": 30, "cooldown": 0})").cooldown == 0);
}

TEST_CASE("a rule that is wrong is refused with the member and the reason") {
  CHECK(refusal(json::parse("[]")) == "a rule must be an object");
  CHECK(refusal(json::parse("{}")) == "name: is missing");
  CHECK(refusal({{"name", ""}}) == "name: must not be empty");
  CHECK(refusal({{"name", 5}}) == "name: must be a text");
  CHECK(refusal({{"name", std::string(200, 'x')}}) == "name: must have at most 128 bytes");
  CHECK(refusal({{"name", "a\nb"}}) == "name: must not have control characters");
  CHECK(refusal({{"name", "x"}, {"treshold", 5}}) == "treshold: is not a member of a rule");
  CHECK(refusal({{"name", "x"}, {"level", "loud"}}) == "level: 'loud' is not a level");
  CHECK(refusal({{"name", "x"}, {"level", 3}}) == "level: must be a text or a list of texts");
  CHECK(refusal({{"name", "x"}, {"service", {"a", "a"}}}) == "service: has 'a' twice");
  CHECK(refusal({{"name", "x"}, {"service", ""}}) == "service: must not have an empty entry");
  CHECK(refusal({{"name", "x"}, {"enabled", "yes"}}) == "enabled: must be true or false");
  CHECK(refusal({{"name", "x"}, {"regex", "a("}}) == "regex: missing ): a(");
  CHECK(refusal({{"name", "x"}, {"fields", {"a", "b"}}}) == "fields: must be an object of texts");
  CHECK(refusal({{"name", "x"}, {"fields", {{"a", nullptr}}}}) ==
        "fields.a: must be a text, a number, true or false");
}

TEST_CASE("threshold and durations have bounds") {
  const std::string whole = "threshold: must be a whole number from 1 to 1000000";
  CHECK(refusal({{"name", "x"}, {"threshold", 0}}) == whole);
  CHECK(refusal({{"name", "x"}, {"threshold", -1}}) == whole);
  CHECK(refusal({{"name", "x"}, {"threshold", 1.5}}) == whole);
  CHECK(refusal({{"name", "x"}, {"threshold", 1'000'001}}) == whole);
  const std::string duration =
      "window: must be a duration such as 1m30s, or a number of seconds, from 1s to 1d";
  CHECK(refusal({{"name", "x"}, {"window", "999ms"}}) == duration);
  CHECK(refusal({{"name", "x"}, {"window", "25h"}}) == duration);
  CHECK(refusal({{"name", "x"}, {"window", "soon"}}) == duration);
  CHECK(refusal({{"name", "x"}, {"window", 1e300}}) == duration);
  CHECK(parsed(R"({"name": "x", "threshold": 1000000, "window": "24h"})").threshold == 1'000'000);
}

TEST_CASE("rules count the same events only if all that decides about counting is equal") {
  const alert_rule rule = parsed(R"({"name": "x", "keyword": "a"})");
  alert_rule other = rule;
  other.threshold = 9;
  other.description = "else";
  other.cooldown = 0;
  CHECK(rule.counts_as(other));
  other.keyword = "b";
  CHECK(!rule.counts_as(other));
}

}  // namespace logstream
