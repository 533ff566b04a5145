// SPDX-License-Identifier: MIT
// Sorts the rows that a rule matched into its groups.
#pragma once

#include "engine/alert/matches.hpp"
#include "engine/alert/rule.hpp"
#include "engine/model/batch.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace logstream {

/// A longer value groups by its beginning.
inline constexpr std::size_t max_group_value = 256;

/// The groups of `rule` in `found`, in the order in which they first appear.
std::vector<group_matches> group_rows(const alert_rule& rule, std::span<const batch_ptr> batches,
                                      const std::vector<matched_rows>& found);

}  // namespace logstream
