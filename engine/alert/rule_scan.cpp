// SPDX-License-Identifier: MIT
// Run by run: whole runs, then triggers, then expressions.
#include "engine/alert/rule_scan.hpp"

#include <algorithm>
#include <limits>
#include <string_view>

namespace logstream {

namespace {

constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();

// Puts the rows from `first` on in order and joins neighbours.
void tidy(std::vector<matched_rows>& rows, std::size_t first) {
  if (rows.size() - first < 2)
    return;
  const auto begin = rows.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, rows.end(),
            [](const matched_rows& a, const matched_rows& b) { return a.begin < b.begin; });
  auto last = begin;
  for (auto each = begin + 1; each != rows.end(); ++each) {
    if (each->begin <= last->end)
      last->end = std::max(last->end, each->end);
    else
      *++last = *each;
  }
  rows.erase(last + 1, rows.end());
}

}  // namespace

void rule_scan::scan(const batch& rows) {
  batch_ = &rows;
  tested_.clear();
  for (const stream_run& run : rows.runs()) {
    const rule_plan& plan = plans_[plan_of_level_[static_cast<std::size_t>(run.severity)]];
    if (!plan.empty())
      scan_run(plan, run);
  }
  ++batches_;
}

void rule_scan::scan_run(const rule_plan& plan, const stream_run& run) {
  all_rows(plan, run);
  if (!plan.by_literals.empty() && any_applies(plan.by_literals, run))
    by_literals(plan, run);
  if (!plan.by_expression.empty() && any_applies(plan.by_expression, run))
    by_expression(plan, run);
}

void rule_scan::all_rows(const rule_plan& plan, const stream_run& run) {
  for (const std::uint32_t rule : plan.all_rows) {
    const compiled_rule& each = rules_[rule];
    if (!each.applies_to(run))
      continue;
    if (each.rule->fields.empty()) {
      found_[rule].push_back({batches_, run.begin, run.end});
      continue;
    }
    for (std::uint32_t row = run.begin; row < run.end; ++row)
      if (each.confirms(*batch_, row))
        add(rule, run, row);
  }
}

void rule_scan::by_literals(const rule_plan& plan, const stream_run& run) {
  std::vector<std::size_t> before;
  for (const std::uint32_t rule : plan.scattered) before.push_back(found_[rule].size());
  find_triggers(plan, run);
  for (std::size_t i = 0; i < before.size(); ++i) tidy(found_[plan.scattered[i]], before[i]);
}

void rule_scan::find_triggers(const rule_plan& plan, const stream_run& run) {
  const std::uint32_t* const ends = batch_->messages().ends();
  const std::uint32_t first = run.begin == 0 ? 0 : ends[run.begin - 1];
  const std::string_view text = batch_->messages().bytes().substr(first, ends[run.end - 1] - first);
  std::uint32_t row = run.begin;
  std::size_t last = 0;
  plan.triggers.find(text, [&](std::uint32_t trigger, std::size_t begin, std::size_t inside) {
    if (inside < last)
      row = run.begin;
    last = inside;
    while (ends[row] - first <= inside) ++row;
    const std::size_t row_begin = row == run.begin ? 0 : ends[row - 1] - first;
    if (begin < row_begin || begin + plan.triggers[trigger].text.size() > ends[row] - first)
      return;
    if (tested_.empty())
      tested_.assign(rules_.size(), no_row);
    for (const std::uint32_t rule : plan.triggered[trigger]) {
      if (tested_[rule] == row)
        continue;
      tested_[rule] = row;
      if (rules_[rule].applies_to(run) && rules_[rule].confirms(*batch_, row))
        add(rule, run, row);
    }
  });
}

void rule_scan::by_expression(const rule_plan& plan, const stream_run& run) {
  for (std::uint32_t row = run.begin; row < run.end; ++row) {
    plan.expressions.match(batch_->message(row), expressions_);
    for (const int index : expressions_) {
      const std::uint32_t rule = plan.by_expression[static_cast<std::size_t>(index)];
      if (rules_[rule].applies_to(run) && rules_[rule].confirms(*batch_, row))
        add(rule, run, row);
    }
  }
}

bool rule_scan::any_applies(const std::vector<std::uint32_t>& rules, const stream_run& run) const {
  return std::any_of(rules.begin(), rules.end(),
                     [&](std::uint32_t rule) { return rules_[rule].applies_to(run); });
}

void rule_scan::add(std::uint32_t rule, const stream_run& run, std::uint32_t row) {
  auto& rows = found_[rule];
  if (!rows.empty() && rows.back().in == batches_ && rows.back().end == row && row != run.begin)
    ++rows.back().end;
  else
    rows.push_back({batches_, row, row + 1});
}

}  // namespace logstream
