// SPDX-License-Identifier: MIT
// The conditions of all alert rules, compiled to be evaluated in one pass over batches.
#pragma once

#include "engine/alert/matches.hpp"
#include "engine/alert/rule.hpp"
#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <memory>
#include <span>
#include <vector>

namespace logstream {

/// Immutable: shared by handle, used by any number of threads at once.
class rule_set {
 public:
  /// Compiles `rules`, all of which should be enabled; they are known by their index from then on. What
  /// `before` has compiled of the same rules is used again. Fails with errc::invalid if a regular expression
  /// cannot be compiled.
  static result<std::shared_ptr<const rule_set>> compile(std::vector<rule_ptr> rules,
                                                         const rule_set* before = nullptr);
  ~rule_set();

  std::span<const rule_ptr> rules() const;

  /// What each rule finds: one element for each rule that finds anything, in the order of the rules. Batches
  /// that were made of one body should be matched together: their rows belong between each other.
  std::vector<rule_matches> match(std::span<const batch_ptr> batches) const;

 private:
  class implementation;
  explicit rule_set(std::unique_ptr<implementation> compiled);

  std::unique_ptr<implementation> implementation_;
};

using rule_set_ptr = std::shared_ptr<const rule_set>;

}  // namespace logstream
