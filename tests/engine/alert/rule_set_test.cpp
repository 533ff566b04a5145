// SPDX-License-Identifier: MIT
// Which rows the compiled rules find, by example.
#include "engine/alert/rule_set.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using test::make_batch;
using test::make_event;

alert_rule named(std::string name) {
  alert_rule made;
  made.name = std::move(name);
  return made;
}

rule_set_ptr compile(std::vector<alert_rule> rules) {
  std::vector<rule_ptr> shared;
  for (alert_rule& each : rules) shared.push_back(std::make_shared<const alert_rule>(std::move(each)));
  auto made = rule_set::compile(std::move(shared));
  REQUIRE(made);
  return *made;
}

// The messages that `rule` alone finds, sorted.
std::vector<std::string> found(const alert_rule& rule, const std::vector<event>& events) {
  const batch_ptr rows = make_batch(events);
  std::vector<std::string> made;
  for (const rule_matches& matches : compile({rule})->match({&rows, 1}))
    for (const group_matches& group : matches.groups)
      for (const matched_rows& range : group.rows)
        for (std::uint32_t row = range.begin; row < range.end; ++row) made.emplace_back(rows->message(row));
  std::sort(made.begin(), made.end());
  return made;
}

using texts = std::vector<std::string>;

level_set only(level value) {
  level_set made;
  made.insert(value);
  return made;
}

}  // namespace

TEST_CASE("a rule without conditions finds every event") {
  CHECK(found(named("all"), {make_event(1, "a"), make_event(2, "b", level::error)}) == texts{"a", "b"});
}

TEST_CASE("a rule for a level finds no other level") {
  alert_rule rule = named("errors");
  rule.levels = only(level::error);
  CHECK(found(rule, {make_event(1, "a"), make_event(2, "b", level::error)}) == texts{"b"});
}

TEST_CASE("a rule for services finds no other service") {
  alert_rule rule = named("shop");
  rule.services = {"cart", "pay"};
  CHECK(found(rule, {make_event(1, "a", level::info, "cart"), make_event(2, "b", level::info, "auth"),
                     make_event(3, "c", level::info, "pay")}) == texts{"a", "c"});
}

TEST_CASE("a keyword is found in any case unless case matters") {
  alert_rule rule = named("timeouts");
  rule.keyword = "TimeOut";
  const std::vector<event> events{make_event(1, "timeout of db"), make_event(2, "a TimeOut"),
                                  make_event(3, "time out")};
  CHECK(found(rule, events) == texts{"a TimeOut", "timeout of db"});
  rule.case_sensitive = true;
  CHECK(found(rule, events) == texts{"a TimeOut"});
}

TEST_CASE("a keyword that only two neighbouring messages make together is not found") {
  alert_rule rule = named("split");
  rule.keyword = "connection refused";
  CHECK(found(rule, {make_event(1, "connection "), make_event(2, "refused"), make_event(3, "x")}).empty());
}

TEST_CASE("a keyword is found at both ends of a message and more than once without counting twice") {
  alert_rule rule = named("ends");
  rule.keyword = "disk full";
  CHECK(found(rule, {make_event(1, "disk full: /var"), make_event(2, "at last disk full"),
                     make_event(3, "disk full disk full disk full")})
            .size() == 3);
}

TEST_CASE("keyword and regular expression must both hold") {
  alert_rule rule = named("slow");
  rule.keyword = "query";
  rule.regex = R"(took [0-9]{4,} ms)";
  CHECK(found(rule, {make_event(1, "query took 1234 ms"), make_event(2, "query took 12 ms"),
                     make_event(3, "request took 1234 ms")}) == texts{"query took 1234 ms"});
}

TEST_CASE("expressions are found whether or not they require a literal") {
  alert_rule rule = named("expression");
  const std::vector<event> events{make_event(1, "code 500"), make_event(2, "code x"),
                                  make_event(3, "Error in module")};
  rule.regex = "[0-9]{3}";
  CHECK(found(rule, events) == texts{"code 500"});
  rule.regex = "(?i)error in (module|class)";
  CHECK(found(rule, events) == texts{"Error in module"});
  rule.regex = "Error$|^code x$|zzzz";
  CHECK(found(rule, events) == texts{"code x"});
  rule.regex = "(deadlock|oom|code )";
  CHECK(found(rule, events) == texts{"code 500", "code x"});
}

TEST_CASE("a row that shows several alternatives of an expression counts once, in its place") {
  alert_rule rule = named("alternatives");
  rule.regex = "oom|deadlock|connection refused by peer";
  CHECK(found(rule,
              {make_event(1, "oom and deadlock and connection refused by peer"), make_event(2, "deadlock"),
               make_event(3, "oom"), make_event(4, "fine"), make_event(5, "connection refused by peer, oom")})
            .size() == 4);
}

TEST_CASE("fields must have exactly the text that is asked for") {
  alert_rule rule = named("status");
  rule.fields = {{"http.status", "500"}, {"region", "eu"}};
  event both = make_event(1, "both");
  both.fields = {{"http.status", "500", true}, {"region", "eu", false}};
  event one = make_event(2, "one");
  one.fields = {{"http.status", "500", true}};
  event longer = make_event(3, "longer");
  longer.fields = {{"http.status", "5000", true}, {"region", "eu", false}};
  CHECK(found(rule, {both, one, longer}) == texts{"both"});
}

TEST_CASE("a rare field that has no column is found too") {
  alert_rule rule = named("rare");
  rule.fields = {{"trace", "abc"}};
  std::vector<event> events(200, make_event(1, "plain"));
  events[77].message = "rare";
  events[77].fields = {{"trace", "abc", false}};
  CHECK(found(rule, events) == texts{"rare"});
}

TEST_CASE("rows are grouped by labels and fields, and by nothing where they have none") {
  alert_rule rule = named("groups");
  rule.group_by = {"service", "user"};
  event first = make_event(1, "m1", level::info, "a");
  first.fields = {{"user", "u1", false}};
  event second = make_event(2, "m2", level::info, "a");
  second.fields = {{"user", "u2", false}};
  event third = make_event(3, "m3", level::error, "a");
  third.fields = {{"user", "u1", false}};
  const batch_ptr rows =
      make_batch(std::vector<event>{first, second, third, make_event(4, "m4", level::info, "b")});
  const auto matches = compile({rule})->match({&rows, 1});
  REQUIRE(matches.size() == 1);
  std::vector<std::pair<std::vector<std::string>, std::size_t>> groups;
  for (const group_matches& each : matches[0].groups) groups.emplace_back(each.values, each.rows.size());
  CHECK(groups == std::vector<std::pair<std::vector<std::string>, std::size_t>>{
                      {{"a", "u1"}, 2}, {{"a", "u2"}, 1}, {{"b", ""}, 1}});
}

TEST_CASE("several batches are matched as one, and each range names its own") {
  alert_rule rule = named("all");
  rule.keyword = "x1";
  const std::vector<batch_ptr> batches{
      make_batch(std::vector<event>{make_event(1, "x1"), make_event(2, "y")}),
      make_batch(std::vector<event>{make_event(1, "y"), make_event(2, "x1")})};
  const auto matches = compile({rule})->match(batches);
  REQUIRE(matches.size() == 1);
  CHECK(matches[0].batches == batches);
  REQUIRE(matches[0].groups.size() == 1);
  CHECK(matches[0].groups[0].rows == std::vector<matched_rows>{{0, 0, 1}, {1, 1, 2}});
}

TEST_CASE("matches name their rules by index, in order, and rules that find nothing are left out") {
  alert_rule nothing = named("nothing");
  nothing.keyword = "no such text";
  alert_rule errors = named("errors");
  errors.levels = only(level::error);
  const batch_ptr rows = make_batch(std::vector<event>{make_event(1, "a", level::error)});
  const auto matches = compile({nothing, errors, named("all")})->match({&rows, 1});
  REQUIRE(matches.size() == 2);
  CHECK(matches[0].rule == 1);
  CHECK(matches[1].rule == 2);
}

TEST_CASE("a set without rules finds nothing") {
  const batch_ptr rows = make_batch(std::vector<event>{make_event(1, "a")});
  CHECK(compile({})->match({&rows, 1}).empty());
}

TEST_CASE("an expression that does not compile is refused by the rule's name") {
  alert_rule rule = named("broken");
  rule.regex = "(";
  const auto made = rule_set::compile({std::make_shared<const alert_rule>(rule)});
  REQUIRE(!made);
  CHECK(made.failure().message == "rule 'broken': regex: missing ): (");
}

}  // namespace logstream
