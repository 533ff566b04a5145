// SPDX-License-Identifier: MIT
// Choosing triggers, confirming candidates.
#include "engine/alert/compiled_rule.hpp"

#include "engine/match/required_literals.hpp"

#include <algorithm>

namespace logstream {

result<compiled_rule> compiled_rule::compile(rule_ptr rule) {
  compiled_rule made;
  if (!rule->regex.empty()) {
    auto compiled = compile_pattern(rule->regex);
    if (!compiled)
      return make_error(errc::invalid, "rule '" + rule->name + "': regex: " + compiled.failure().message);
    made.expression = *compiled;
  }
  if (!rule->keyword.empty()) {
    made.triggers.push_back({rule->keyword, !rule->case_sensitive});
  } else if (made.expression) {
    for (std::string& each : required_literals(rule->regex)) made.triggers.push_back({std::move(each), true});
  }
  made.found_by = !made.triggers.empty() ? way::literals : made.expression ? way::expression : way::all_rows;
  made.rule = std::move(rule);
  return made;
}

bool compiled_rule::applies_to(const stream_run& run) const {
  const auto& services = rule->services;
  return rule->levels.contains(run.severity) &&
         (services.empty() || std::find(services.begin(), services.end(), run.service) != services.end());
}

bool compiled_rule::confirms(const batch& in, std::uint32_t row) const {
  for (const rule_field& each : rule->fields) {
    const auto value = in.field_at(row, each.name);
    if (!value || value->text != each.value)
      return false;
  }
  return found_by != way::literals || !expression || matches_expression(in.message(row));
}

bool compiled_rule::matches_expression(std::string_view message) const {
  return re2::RE2::PartialMatch(re2::StringPiece{message.data(), message.size()}, *expression);
}

}  // namespace logstream
