// SPDX-License-Identifier: MIT
// Which rows of some batches a rule counts.
#pragma once

#include "engine/model/batch.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream {

/// Rows [begin, end) of one run of one batch, so sorted by time.
struct matched_rows {
  /// Index of the batch in rule_matches.
  std::uint32_t in = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const matched_rows&) const = default;
};

/// Rows of one group. `values` are what the names in the rule's group_by stand for, empty where a row has
/// none.
struct group_matches {
  std::vector<std::string> values;
  std::vector<matched_rows> rows;

  bool operator==(const group_matches&) const = default;
};

/// Everything one rule found in some batches. Holds the batches, so shall be handled soon and not kept; of
/// these only times and texts may be read, since their rows may not be numbered yet.
struct rule_matches {
  /// The rule's place in the rule_set that found them.
  std::uint32_t rule = 0;
  std::vector<batch_ptr> batches;
  std::vector<group_matches> groups;
};

using rule_matches_ptr = std::shared_ptr<const rule_matches>;

}  // namespace logstream
