// SPDX-License-Identifier: MIT
// Gathers triggers and expressions of the rules of one level.
#include "engine/alert/rule_plan.hpp"

#include <map>
#include <set>
#include <utility>

namespace logstream {

rule_plan::rule_plan(const std::vector<compiled_rule>& rules, const std::vector<std::uint32_t>& members) {
  std::map<literal, std::vector<std::uint32_t>> wanted;
  std::vector<pattern_ptr> patterns;
  for (const std::uint32_t index : members) {
    const compiled_rule& each = rules[index];
    switch (each.found_by) {
      case compiled_rule::way::all_rows:
        all_rows.push_back(index);
        break;
      case compiled_rule::way::literals:
        by_literals.push_back(index);
        for (const literal& trigger : each.triggers) wanted[trigger].push_back(index);
        break;
      case compiled_rule::way::expression:
        by_expression.push_back(index);
        patterns.push_back(each.expression);
        break;
    }
  }
  std::vector<literal> literals;
  for (auto& [text, users] : wanted) {
    literals.push_back(text);
    triggered.push_back(std::move(users));
  }
  triggers = literal_set{std::move(literals)};
  std::map<std::uint32_t, std::set<std::size_t>> classes;
  for (std::uint32_t trigger = 0; trigger < triggered.size(); ++trigger)
    for (const std::uint32_t rule : triggered[trigger]) classes[rule].insert(triggers.class_of(trigger));
  for (const auto& [rule, of] : classes)
    if (of.size() > 1)
      scattered.push_back(rule);
  expressions = pattern_set{std::move(patterns)};
}

}  // namespace logstream
