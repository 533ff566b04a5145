// SPDX-License-Identifier: MIT
// Many regular expressions, searched for together.
#pragma once

#include "engine/match/pattern.hpp"

#include <re2/set.h>

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace logstream {

/// Immutable once made; any number of threads may search with it.
class pattern_set {
 public:
  pattern_set() = default;
  explicit pattern_set(std::vector<pattern_ptr> patterns);

  bool empty() const { return patterns_.empty(); }

  /// Puts the indexes of the expressions that match somewhere in `text` into `into`, ascending.
  void match(std::string_view text, std::vector<int>& into) const;

 private:
  std::vector<pattern_ptr> patterns_;
  /// Absent where searching one by one is better, or the only way.
  std::optional<re2::RE2::Set> together_;
};

}  // namespace logstream
