// SPDX-License-Identifier: MIT
// Which rules a run of rows of one level is tested for, and how.
#pragma once

#include "engine/alert/compiled_rule.hpp"
#include "engine/match/literal_set.hpp"
#include "engine/match/pattern_set.hpp"

#include <cstdint>
#include <vector>

namespace logstream {

/// The rules that look at one level, by their index, sorted by how they are found.
struct rule_plan {
  std::vector<std::uint32_t> all_rows;
  /// All triggers together, and for each the rules that it is for.
  literal_set triggers;
  std::vector<std::vector<std::uint32_t>> triggered;
  std::vector<std::uint32_t> by_literals;
  /// Those of by_literals whose triggers belong to several classes of the literal_set.
  std::vector<std::uint32_t> scattered;
  /// All expressions without triggers; the n-th belongs to the n-th of by_expression.
  pattern_set expressions;
  std::vector<std::uint32_t> by_expression;

  rule_plan() = default;
  /// Plans for those of `rules` that are named by `members`, in ascending order.
  rule_plan(const std::vector<compiled_rule>& rules, const std::vector<std::uint32_t>& members);

  bool empty() const { return all_rows.empty() && by_literals.empty() && by_expression.empty(); }
};

}  // namespace logstream
