// SPDX-License-Identifier: MIT
// The compiled rules against a model that looks at each row for each rule.
#include "engine/alert/rule_set.hpp"
#include "tests/engine/support/row_model.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using test::one_in;
using test::pick;

const std::vector<std::string> words{"timeout",  "Timeout", "oom",   "db",    "connection", "refused",
                                     "by peer",  "5",       "error", "ERROR", "x",          "größe",
                                     "deadlock", " ",       "user",  "12345"};
const std::vector<std::string> expressions{"time(d )?out",
                                           "(?i)error|oom",
                                           "[0-9]{3}",
                                           "connection.*refused",
                                           "^db",
                                           "peer$",
                                           "(?i)CONNECTION",
                                           "gr..e",
                                           "dead(lock|beef)|refused",
                                           "x*",
                                           "oom|connection|12345",
                                           "\\bdb\\b"};
const std::vector<std::string> services{"", "api", "cart", "pay"};
const std::vector<std::string> field_names{"user", "status", "region"};
const std::vector<std::string> field_values{"1", "2", "", "eu"};

event random_event(random_source& random) {
  event made = test::make_event(static_cast<timestamp>(random.below(50)), "", pick(random, all_levels),
                                pick(random, services));
  for (std::uint32_t left = random.below(8); left > 0; --left) made.message += pick(random, words);
  for (const std::string& name : field_names)
    if (one_in(random, 3))
      made.fields.push_back({name, pick(random, field_values), false});
  return made;
}

alert_rule random_rule(random_source& random) {
  alert_rule made;
  made.name = "rule";
  if (one_in(random, 2)) {
    made.levels = {};
    for (std::uint32_t left = 1 + random.below(3); left > 0; --left)
      made.levels.insert(pick(random, all_levels));
  }
  if (one_in(random, 3))
    made.services = {pick(random, services), "cart"};
  if (one_in(random, 2)) {
    made.keyword = pick(random, words);
    made.case_sensitive = one_in(random, 2);
  }
  if (one_in(random, 3))
    made.regex = pick(random, expressions);
  if (one_in(random, 4))
    made.fields = {{pick(random, field_names), pick(random, field_values)}};
  for (const std::string name : {"service", "user", "level"})
    if (one_in(random, 4))
      made.group_by.push_back(name);
  return made;
}

bool naive_matches(const alert_rule& rule, const event& what) {
  const auto has = [&](const rule_field& wanted) {
    return std::any_of(what.fields.begin(), what.fields.end(), [&](const field& each) {
      return each.name == wanted.name && each.value == wanted.value;
    });
  };
  return rule.levels.contains(what.severity) &&
         (rule.services.empty() ||
          std::find(rule.services.begin(), rule.services.end(), what.service) != rule.services.end()) &&
         test::naive_contains(what.message, rule.keyword, rule.case_sensitive) &&
         (rule.regex.empty() || re2::RE2::PartialMatch(what.message, rule.regex)) &&
         std::all_of(rule.fields.begin(), rule.fields.end(), has);
}

std::vector<std::string> naive_group(const alert_rule& rule, const event& what) {
  std::vector<std::string> values;
  for (const std::string& name : rule.group_by) {
    std::string value = name == "service" ? what.service
                        : name == "level" ? std::string{to_string(what.severity)}
                                          : "";
    for (const field& each : what.fields)
      if (each.name == name)
        value = each.value;
    values.push_back(std::move(value));
  }
  return values;
}

// For each group its rows as (batch, row), in order.
using outcome = std::map<std::vector<std::string>, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

outcome naive_outcome(const alert_rule& rule, const std::vector<batch_ptr>& batches) {
  outcome made;
  for (std::uint32_t in = 0; in < batches.size(); ++in)
    for (std::uint32_t row = 0; row < batches[in]->rows(); ++row)
      if (const event what = batches[in]->materialize(row); naive_matches(rule, what))
        made[naive_group(rule, what)].emplace_back(in, row);
  return made;
}

outcome compiled_outcome(const rule_matches& matches) {
  outcome made;
  for (const group_matches& group : matches.groups) {
    CHECK(!made.contains(group.values));
    for (const matched_rows& range : group.rows) {
      const batch& in = *matches.batches[range.in];
      CHECK(in.run_of(range.begin).begin == in.run_of(range.end - 1).begin);
      for (std::uint32_t row = range.begin; row < range.end; ++row)
        made[group.values].emplace_back(range.in, row);
    }
  }
  return made;
}

}  // namespace

TEST_CASE("random rules find in random batches the rows that a look at each row finds") {
  const std::uint64_t seed = test::seed_or(21);
  INFO(test::describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 400; ++round) {
    std::vector<rule_ptr> rules;
    for (std::uint32_t left = 1 + random.below(12); left > 0; --left)
      rules.push_back(std::make_shared<const alert_rule>(random_rule(random)));
    std::vector<batch_ptr> batches;
    for (std::uint32_t left = 1 + random.below(3); left > 0; --left) {
      std::vector<event> events;
      for (std::uint32_t rows = 1 + random.below(120); rows > 0; --rows)
        events.push_back(random_event(random));
      batches.push_back(test::make_batch(events));
    }
    const auto compiled = rule_set::compile(rules);
    REQUIRE(compiled);
    std::map<std::uint32_t, outcome> found;
    for (const rule_matches& each : (*compiled)->match(batches)) found[each.rule] = compiled_outcome(each);
    for (std::uint32_t i = 0; i < rules.size(); ++i) {
      CAPTURE(round, i, rules[i]->keyword, rules[i]->case_sensitive, rules[i]->regex);
      REQUIRE(found[i] == naive_outcome(*rules[i], batches));
    }
  }
}

}  // namespace logstream
