// SPDX-License-Identifier: MIT
// One plan for each set of rules that some level needs.
#include "engine/alert/rule_set.hpp"

#include "engine/alert/compiled_rule.hpp"
#include "engine/alert/match_groups.hpp"
#include "engine/alert/rule_plan.hpp"
#include "engine/alert/rule_scan.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace logstream {

class rule_set::implementation {
 public:
  explicit implementation(std::vector<rule_ptr> rules, std::vector<compiled_rule> compiled)
      : rules_(std::move(rules)), compiled_(std::move(compiled)) {
    // Levels that the same rules look at share a plan.
    std::map<std::vector<std::uint32_t>, std::uint32_t> known;
    for (const level each : all_levels) {
      std::vector<std::uint32_t> members;
      for (std::uint32_t i = 0; i < rules_.size(); ++i)
        if (rules_[i]->levels.contains(each))
          members.push_back(i);
      const auto [found, made] = known.try_emplace(members, static_cast<std::uint32_t>(plans_.size()));
      if (made)
        plans_.emplace_back(compiled_, members);
      plan_of_level_[static_cast<std::size_t>(each)] = found->second;
    }
  }

  std::span<const rule_ptr> rules() const { return rules_; }

  const compiled_rule* find(const rule_ptr& rule) const {
    const auto found = std::find(rules_.begin(), rules_.end(), rule);
    return found == rules_.end() ? nullptr : &compiled_[static_cast<std::size_t>(found - rules_.begin())];
  }

  std::vector<rule_matches> match(std::span<const batch_ptr> batches) const {
    rule_scan scan{compiled_, plans_, plan_of_level_};
    for (const batch_ptr& each : batches) scan.scan(*each);
    std::vector<rule_matches> matches;
    for (std::uint32_t i = 0; i < rules_.size(); ++i)
      if (const auto& rows = scan.found()[i]; !rows.empty())
        matches.push_back({i, {batches.begin(), batches.end()}, group_rows(*rules_[i], batches, rows)});
    return matches;
  }

 private:
  std::vector<rule_ptr> rules_;
  std::vector<compiled_rule> compiled_;
  std::vector<rule_plan> plans_;
  std::array<std::uint32_t, level_count> plan_of_level_{};
};

result<std::shared_ptr<const rule_set>> rule_set::compile(std::vector<rule_ptr> rules,
                                                          const rule_set* before) {
  std::vector<compiled_rule> compiled;
  for (const rule_ptr& each : rules) {
    if (const compiled_rule* known = before == nullptr ? nullptr : before->implementation_->find(each)) {
      compiled.push_back(*known);
      continue;
    }
    auto made = compiled_rule::compile(each);
    if (!made)
      return made.failure();
    compiled.push_back(std::move(*made));
  }
  return std::shared_ptr<const rule_set>{
      new rule_set{std::make_unique<implementation>(std::move(rules), std::move(compiled))}};
}

rule_set::rule_set(std::unique_ptr<implementation> compiled) : implementation_(std::move(compiled)) {}
rule_set::~rule_set() = default;

std::span<const rule_ptr> rule_set::rules() const {
  return implementation_->rules();
}

std::vector<rule_matches> rule_set::match(std::span<const batch_ptr> batches) const {
  return implementation_->match(batches);
}

}  // namespace logstream
