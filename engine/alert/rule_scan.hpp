// SPDX-License-Identifier: MIT
// One pass over batches for all rules: collects which rows each rule matches.
#pragma once

#include "engine/alert/compiled_rule.hpp"
#include "engine/alert/matches.hpp"
#include "engine/alert/rule_plan.hpp"
#include "engine/model/batch.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace logstream {

/// One use: scan each batch, then take what was found.
class rule_scan {
 public:
  /// All must outlive the scan. `plan_of_level` names one of `plans` for each level.
  rule_scan(std::span<const compiled_rule> rules, std::span<const rule_plan> plans,
            std::span<const std::uint32_t> plan_of_level)
      : rules_(rules), plans_(plans), plan_of_level_(plan_of_level), found_(rules.size()) {}

  void scan(const batch& rows);

  /// For each rule its rows, ascending in each batch, `in` being the how-manieth scan they were found in.
  const std::vector<std::vector<matched_rows>>& found() const { return found_; }

 private:
  void scan_run(const rule_plan& plan, const stream_run& run);
  void all_rows(const rule_plan& plan, const stream_run& run);
  void by_literals(const rule_plan& plan, const stream_run& run);
  void find_triggers(const rule_plan& plan, const stream_run& run);
  void by_expression(const rule_plan& plan, const stream_run& run);
  bool any_applies(const std::vector<std::uint32_t>& rules, const stream_run& run) const;
  void add(std::uint32_t rule, const stream_run& run, std::uint32_t row);

  std::span<const compiled_rule> rules_;
  std::span<const rule_plan> plans_;
  std::span<const std::uint32_t> plan_of_level_;
  std::vector<std::vector<matched_rows>> found_;
  /// For each rule the row last tested after a trigger, so that a row is tested once.
  std::vector<std::uint32_t> tested_;
  std::vector<int> expressions_;
  const batch* batch_ = nullptr;
  std::uint32_t batches_ = 0;
};

}  // namespace logstream
