// SPDX-License-Identifier: MIT
// Groups by labels once a range, groups by fields once a row.
#include "engine/alert/match_groups.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace logstream {

namespace {

bool is_label(const std::string& name) {
  return name == "service" || name == "level";
}

class grouper {
 public:
  explicit grouper(const alert_rule& rule) : rule_(rule) {}

  void add(const batch& from, const matched_rows& rows) {
    const stream_run& run = from.run_of(rows.begin);
    key_.clear();
    ends_.clear();
    for (const std::string& name : rule_.group_by) append(value_of(name, from, run, rows.begin));
    auto [found, made] = by_key_.try_emplace(key_, groups_.size());
    if (made)
      groups_.push_back({values(), {}});
    auto& into = groups_[found->second].rows;
    if (!into.empty() && into.back().in == rows.in && into.back().end == rows.begin &&
        rows.begin != run.begin)
      into.back().end = rows.end;
    else
      into.push_back(rows);
  }

  std::vector<group_matches> take() { return std::move(groups_); }

 private:
  static std::string_view value_of(const std::string& name, const batch& from, const stream_run& run,
                                   std::uint32_t row) {
    if (name == "service")
      return run.service;
    if (name == "level")
      return to_string(run.severity);
    const auto found = from.field_at(row, name);
    return found ? found->text : std::string_view{};
  }

  // The key is the values end to end with their ends behind, so that no two sets of values have the same.
  void append(std::string_view value) {
    key_.append(value.substr(0, max_group_value));
    ends_.push_back(key_.size());
    if (ends_.size() < rule_.group_by.size())
      return;
    for (const std::size_t end : ends_) key_.append(1, '/').append(std::to_string(end));
  }

  std::vector<std::string> values() const {
    std::vector<std::string> made;
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      made.push_back(key_.substr(begin, end - begin));
      begin = end;
    }
    return made;
  }

  const alert_rule& rule_;
  std::string key_;
  std::vector<std::size_t> ends_;
  std::unordered_map<std::string, std::size_t> by_key_;
  std::vector<group_matches> groups_;
};

}  // namespace

std::vector<group_matches> group_rows(const alert_rule& rule, std::span<const batch_ptr> batches,
                                      const std::vector<matched_rows>& found) {
  if (rule.group_by.empty())
    return {{{}, found}};
  grouper groups{rule};
  const bool by_labels = std::all_of(rule.group_by.begin(), rule.group_by.end(), is_label);
  for (const matched_rows& range : found) {
    if (by_labels) {
      groups.add(*batches[range.in], range);
      continue;
    }
    for (std::uint32_t row = range.begin; row < range.end; ++row)
      groups.add(*batches[range.in], {range.in, row, row + 1});
  }
  return groups.take();
}

}  // namespace logstream
