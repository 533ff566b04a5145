// SPDX-License-Identifier: MIT
// What somebody who wrote an unknown word probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace logstream {

/// Returns how many letters must be inserted, removed, replaced or swapped with their neighbour to get from
/// `a` to `b`.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// Returns the candidate nearest to `word`, if one is near enough to be meant.
std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates);

/// Returns `; did you mean "http.port"?` for an unknown setting, or nothing when no setting is near.
/// `spelling` turns the name of a setting into what the user would have to write.
std::string suggest_setting(std::string_view unknown, std::string (*spelling)(std::string_view));

}  // namespace logstream
