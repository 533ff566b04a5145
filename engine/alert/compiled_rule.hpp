// SPDX-License-Identifier: MIT
// One rule ready to be evaluated: its expression compiled, its way of being found chosen.
#pragma once

#include "engine/alert/rule.hpp"
#include "engine/base/result.hpp"
#include "engine/match/literal_set.hpp"
#include "engine/match/pattern.hpp"
#include "engine/model/batch.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace logstream {

struct compiled_rule {
  /// How candidates among the rows of a run are found.
  enum class way : std::uint8_t {
    /// Every row is one.
    all_rows,
    /// Rows that hold one of `triggers`.
    literals,
    /// Rows that the expression matches, searched for beside others of its kind.
    expression,
  };

  rule_ptr rule;
  way found_by = way::all_rows;
  std::vector<literal> triggers;
  pattern_ptr expression;

  static result<compiled_rule> compile(rule_ptr rule);

  /// True if rows of the run can match.
  bool applies_to(const stream_run& run) const;
  /// Whether a row, found as told and in a run the rule applies to, matches.
  bool confirms(const batch& in, std::uint32_t row) const;
  bool matches_expression(std::string_view message) const;
};

}  // namespace logstream
