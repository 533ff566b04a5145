// SPDX-License-Identifier: MIT
// Alerts as JSON, and the events in them.
#include "engine/alert/alert.hpp"

#include "engine/alert/evidence.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace logstream {

namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("an alert is written with its group, times and events") {
  alert shown;
  shown.rule = "High Error Rate";
  shown.severity = "critical";
  shown.group = {{"service", "pay"}};
  shown.count = 12;
  shown.threshold = 10;
  shown.window = nanoseconds_per_minute;
  shown.first_time = 0;
  shown.last_time = 1'500'000'000;
  shown.fired_at = 2 * nanoseconds_per_second;
  shown.events.push_back(
      {0, level::error, "pay", "boom", {{"n", "5", true}, {"s", "5", false}, {"bad", "{", true}}});
  const json made = to_json(shown);
  CHECK(made["state"] == "firing");
  CHECK(made["group"] == json{{"service", "pay"}});
  CHECK(made["window"] == "1m");
  CHECK(made["last_time"] == "1970-01-01T00:00:01.500Z");
  CHECK(made["resolved_at"].is_null());
  const json& event = made["events"][0];
  CHECK(event["level"] == "ERROR");
  CHECK(event["metadata"] == json{{"n", 5}, {"s", "5"}, {"bad", "{"}});
  shown.state = alert_state::resolved;
  shown.resolved_at = 90 * nanoseconds_per_second;
  CHECK(to_json(shown)["resolved_at"] == "1970-01-01T00:01:30Z");
}

TEST_CASE("fingerprints tell rules and groups apart, and are the same for the same") {
  const auto print = [](const char* rule, std::vector<std::pair<std::string, std::string>> group) {
    return alert_fingerprint(rule, group);
  };
  CHECK(print("a", {{"x", "y"}}) == print("a", {{"x", "y"}}));
  CHECK(print("a", {{"x", "y"}}).size() == 16);
  CHECK(print("a", {{"x", "y"}}) != print("b", {{"x", "y"}}));
  CHECK(print("a", {{"x", "y"}}) != print("a", {{"xy", ""}}));
  CHECK(print("a", {{"x", "1"}, {"y", ""}}) != print("a", {{"x", ""}, {"y", "1"}}));
}

TEST_CASE("an event in an alert is cut where it is long, at the end of a character") {
  event large = test::make_event(1, "");
  for (std::size_t i = 0; i < max_evidence_message; ++i) large.message += "ä";
  large.fields.push_back({"list", "[" + std::string(2 * max_evidence_value, '1') + "]", true});
  const event cut = evidence_of(*test::make_batch(std::vector<event>{large}), 0);
  CHECK(cut.message.size() <= max_evidence_message + std::string{"…"}.size());
  CHECK(cut.message == large.message.substr(0, max_evidence_message) + "…");
  REQUIRE(cut.fields.size() == 1);
  CHECK(!cut.fields[0].literal);
}

TEST_CASE("an event in an alert has a bounded number of fields") {
  event wide = test::make_event(1, "m");
  for (std::size_t i = 0; i < 2 * max_evidence_fields; ++i)
    wide.fields.push_back({"f" + std::to_string(i), "v", false});
  CHECK(evidence_of(*test::make_batch(std::vector<event>{wide}), 0).fields.size() == max_evidence_fields);
}

}  // namespace logstream
