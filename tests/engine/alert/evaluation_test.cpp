// SPDX-License-Identifier: MIT
// What fires, what resolves and when, for one rule.
#include "engine/alert/evaluation.hpp"

#include "engine/alert/rule_set.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using test::make_event;

constexpr timestamp s = nanoseconds_per_second;
constexpr timestamp noon = 1'714'564'800 * s;

alert_rule three_in_ten_seconds() {
  alert_rule rule;
  rule.name = "three";
  rule.threshold = 3;
  rule.window = 10 * s;
  rule.cooldown = 0;
  return rule;
}

// A rule's evaluation, fed with events as the workers would feed it.
class bench {
 public:
  explicit bench(const alert_rule& rule, evaluation_limits limits = {})
      : rule_(std::make_shared<const alert_rule>(rule)),
        set_(*rule_set::compile({rule_})),
        evaluation_(rule_, limits) {}

  std::vector<alert_ptr> take(const std::vector<event>& events, timestamp now) {
    const batch_ptr rows = test::make_batch(events);
    std::vector<alert_ptr> told;
    for (const rule_matches& each : set_->match({&rows, 1})) {
      const auto more = evaluation_.take(each, now);
      told.insert(told.end(), more.begin(), more.end());
    }
    return told;
  }
  // So many events at `time`, arriving then.
  std::vector<alert_ptr> take_at(timestamp time, std::size_t count) {
    return take(std::vector<event>(count, make_event(time, "m")), time);
  }

  rule_evaluation& operator*() { return evaluation_; }
  rule_evaluation* operator->() { return &evaluation_; }

 private:
  rule_ptr rule_;
  rule_set_ptr set_;
  rule_evaluation evaluation_;
};

}  // namespace

TEST_CASE("a rule fires when its window holds the threshold, and not before") {
  bench rule{three_in_ten_seconds()};
  CHECK(rule.take_at(noon, 2).empty());
  const auto told = rule.take_at(noon + 9 * s, 1);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::firing);
  CHECK(told[0]->count == 3);
  CHECK(told[0]->first_time == noon);
  CHECK(told[0]->last_time == noon + 9 * s);
  CHECK(told[0]->fired_at == noon + 9 * s);
  CHECK(told[0]->events.size() == 3);
}

TEST_CASE("events that no window holds together do not fire") {
  bench rule{three_in_ten_seconds()};
  for (int i = 0; i < 20; ++i) CHECK(rule.take_at(noon + i * 5 * s, 1).empty());
}

TEST_CASE("an alert that fires does not fire again, but tells what it counts as time passes") {
  bench rule{three_in_ten_seconds()};
  rule.take_at(noon, 3);
  CHECK(rule.take_at(noon + s, 4).empty());
  const auto told = rule->advance(noon + 2 * s);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::firing);
  CHECK(told[0]->count == 7);
  CHECK(rule->advance(noon + 3 * s).empty());
}

TEST_CASE("an alert resolves when the clock has drained its window, without further events") {
  bench rule{three_in_ten_seconds()};
  rule.take_at(noon, 3);
  CHECK(rule->advance(noon + 10 * s - 1).empty());
  const auto told = rule->advance(noon + 10 * s);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::resolved);
  CHECK(told[0]->resolved_at == noon + 10 * s);
  CHECK(told[0]->count == 3);
  CHECK(told[0]->events.size() == 3);
}

TEST_CASE("an alert resolves when the times of its events have drained its window") {
  bench rule{three_in_ten_seconds()};
  rule.take_at(noon, 3);
  rule.take({make_event(noon + 30 * s, "m")}, noon + s);
  const auto told = rule->advance(noon + s);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::resolved);
}

TEST_CASE("old events that are replayed fire by their own times and resolve as our clock goes on") {
  bench rule{three_in_ten_seconds()};
  const timestamp long_ago = noon - 1000 * nanoseconds_per_minute;
  const auto told = rule.take(
      {make_event(long_ago, "a"), make_event(long_ago + s, "b"), make_event(long_ago + 2 * s, "c")}, noon);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->fired_at == noon);
  CHECK(told[0]->last_time == long_ago + 2 * s);
  CHECK(rule->advance(noon + 7 * s).empty());
  CHECK(rule->advance(noon + 10 * s).size() == 1);
}

TEST_CASE("events in one batch are judged in the order of their times, whatever their streams") {
  alert_rule rule = three_in_ten_seconds();
  bench both{rule, {.lateness = 0}};
  // The batch is sorted by stream: all of a, then all of b, which is older by far than the last of a.
  const auto told = both.take(
      {make_event(noon, "", level::info, "a"), make_event(noon + 1 * s, "", level::info, "b"),
       make_event(noon + 2 * s, "", level::info, "b"), make_event(noon + 500 * s, "", level::info, "a")},
      noon + 500 * s);
  CHECK(told.size() == 1);
  CHECK(both->figures().late == 0);
}

TEST_CASE("an event that is too late is counted as late and otherwise ignored") {
  bench rule{three_in_ten_seconds(), {.lateness = 5 * s}};
  rule.take_at(noon, 1);
  CHECK(rule.take({make_event(noon - 15 * s, "a"), make_event(noon - 15 * s, "b"),
                   make_event(noon - 15 * s, "c")},
                  noon)
            .empty());
  CHECK(rule->figures().late == 3);
  CHECK(rule->figures().matches == 4);
}

TEST_CASE("an event from the far future counts when it arrives and does not make others late") {
  bench rule{three_in_ten_seconds()};
  const timestamp far = noon + 365 * 24 * 60 * nanoseconds_per_minute;
  CHECK(rule.take({make_event(far, "future")}, noon).empty());
  CHECK(rule->figures().ahead == 1);
  const auto told = rule.take_at(noon + s, 2);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->count == 3);
  CHECK(told[0]->first_time == noon);
  CHECK(told[0]->events.size() == 3);
  CHECK(rule->figures().late == 0);
}

TEST_CASE("times at the very ends of what can be stored do no harm") {
  bench rule{three_in_ten_seconds()};
  constexpr timestamp first = std::numeric_limits<timestamp>::min();
  constexpr timestamp last = std::numeric_limits<timestamp>::max();
  CHECK(rule.take({make_event(first, "a"), make_event(first + 1, "b"), make_event(last, "c"),
                   make_event(last, "d")},
                  noon)
            .empty());
  CHECK(rule.take_at(noon, 1).size() == 1);
}

TEST_CASE("a group does not fire again before its cool-down has passed, and then does if it still should") {
  alert_rule with = three_in_ten_seconds();
  with.cooldown = 60 * s;
  bench rule{with};
  REQUIRE(rule.take_at(noon, 3).size() == 1);
  REQUIRE(rule->advance(noon + 10 * s).size() == 1);
  CHECK(rule.take_at(noon + 20 * s, 3).empty());
  rule->advance(noon + 31 * s);
  CHECK(rule.take_at(noon + 55 * s, 3).empty());
  CHECK(rule->advance(noon + 60 * s - 1).empty());
  const auto told = rule->advance(noon + 60 * s);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::firing);
  CHECK(told[0]->count == 3);
}

TEST_CASE("groups are counted apart") {
  alert_rule with = three_in_ten_seconds();
  with.group_by = {"service", "host"};
  bench rule{with};
  const auto at = [](const char* service, const char* host) {
    event made = make_event(noon, "m", level::info, service);
    made.fields = {{"host", host, false}};
    return made;
  };
  CHECK(rule.take({at("a", "1"), at("a", "2"), at("b", "1"), at("a", "1")}, noon).empty());
  const auto told = rule.take({at("a", "1"), at("b", "1")}, noon);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->group == std::vector<std::pair<std::string, std::string>>{{"service", "a"}, {"host", "1"}});
  CHECK(told[0]->fingerprint == alert_fingerprint("three", told[0]->group));
  CHECK(rule->groups() == 3);
}

TEST_CASE("an alert carries the newest events only, and no more than fit") {
  alert_rule with = three_in_ten_seconds();
  with.threshold = 30;
  bench rule{with};
  std::vector<event> events;
  for (int i = 0; i < 30; ++i) events.push_back(make_event(noon + i * s / 10, std::to_string(i)));
  const auto told = rule.take(events, noon + 3 * s);
  REQUIRE(told.size() == 1);
  REQUIRE(told[0]->events.size() == max_alert_events);
  CHECK(told[0]->events.front().message == "20");
  CHECK(told[0]->events.back().message == "29");
}

TEST_CASE("the group unused for longest is forgotten for a new one, and its alert resolves") {
  alert_rule with = three_in_ten_seconds();
  with.threshold = 1;
  with.group_by = {"service"};
  bench rule{with, {.groups = 2}};
  rule.take({make_event(noon, "m", level::info, "a")}, noon);
  rule.take({make_event(noon, "m", level::info, "b")}, noon);
  rule.take({make_event(noon, "m", level::info, "a")}, noon);
  const auto told = rule.take({make_event(noon, "m", level::info, "c")}, noon);
  REQUIRE(told.size() == 2);
  CHECK(told[0]->state == alert_state::firing);
  CHECK(told[1]->state == alert_state::resolved);
  CHECK(told[1]->group[0].second == "b");
  CHECK(rule->groups() == 2);
  CHECK(rule->figures().evicted_groups == 1);
}

TEST_CASE("a window that holds too many times becomes coarse and still fires") {
  alert_rule with = three_in_ten_seconds();
  with.threshold = 5'000;
  bench rule{with, {.window_times = 1'000}};
  std::size_t fired = 0;
  for (int part = 0; part < 6; ++part) {
    std::vector<event> events;
    for (int i = 0; i < 1'000; ++i) events.push_back(make_event(noon + (part * 1'000 + i) * s / 1'000, "m"));
    fired += rule.take(events, noon + part * s).size();
  }
  CHECK(rule->coarse_groups() == 1);
  CHECK(fired == 1);
}

TEST_CASE(
    "a group without events, alerts and cool-down is forgotten, and then there is nothing to wait for") {
  bench rule{three_in_ten_seconds(), {.lateness = 5 * s}};
  CHECK(rule->idle());
  rule.take_at(noon, 3);
  CHECK(!rule->idle());
  rule->advance(noon + 10 * s);
  CHECK(!rule->idle());
  rule->advance(noon + 15 * s);
  CHECK(rule->idle());
}

TEST_CASE("an alert taken back after a restart goes on for a window, and resolves if nothing more comes") {
  bench before{three_in_ten_seconds()};
  const auto fired = before.take_at(noon, 3);
  REQUIRE(fired.size() == 1);
  bench after{three_in_ten_seconds()};
  after->restore(fired[0], noon + 2 * s);
  CHECK(after->advance(noon + 12 * s - 1).empty());
  const auto told = after->advance(noon + 12 * s);
  REQUIRE(told.size() == 1);
  CHECK(told[0]->state == alert_state::resolved);
  CHECK(told[0]->fired_at == fired[0]->fired_at);
}

TEST_CASE("a lowered threshold fires for what is counted already") {
  alert_rule with = three_in_ten_seconds();
  bench rule{with};
  rule.take_at(noon, 2);
  with.threshold = 2;
  rule->change(std::make_shared<const alert_rule>(with));
  CHECK(rule->advance(noon + s).size() == 1);
}

}  // namespace logstream
