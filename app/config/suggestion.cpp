// SPDX-License-Identifier: MIT
// Edit distance, and the names that can be meant.
#include "app/config/suggestion.hpp"

#include "app/config/declarations.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace logstream {

namespace {

/// Finds the setting that `word` is the last part of: `port` in the wrong place is `http.port`.
std::optional<std::string_view> by_last_part(std::string_view word) {
  const std::string_view part = word.substr(word.rfind('.') + 1);
  std::optional<std::string_view> found;
  for (const auto& each : setting_declarations())
    if (each.name.substr(each.name.find('.') + 1) == part) {
      if (found)
        return std::nullopt;
      found = each.name;
    }
  return found;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> cost((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& { return cost[i * width + j]; };
  for (std::size_t i = 0; i <= a.size(); ++i) at(i, 0) = i;
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({at(i - 1, j) + 1, at(i, j - 1) + 1, replaced});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
    }
  return at(a.size(), b.size());
}

std::optional<std::string_view> nearest(std::string_view word, std::span<const std::string_view> candidates) {
  constexpr std::size_t longest = 64;
  if (word.size() > longest)
    return std::nullopt;
  std::optional<std::string_view> found;
  std::size_t best = std::clamp<std::size_t>(word.size() / 4, 1, 3) + 1;
  for (const std::string_view each : candidates)
    if (const std::size_t distance = edit_distance(word, each); distance < best) {
      best = distance;
      found = each;
    }
  return found;
}

std::string suggest_setting(std::string_view unknown, std::string (*spelling)(std::string_view)) {
  std::vector<std::string_view> names{"rules", "webhooks"};
  for (const auto& each : setting_declarations()) {
    names.push_back(each.name);
    if (!each.alias.empty())
      names.push_back(each.alias);
    if (const auto section = setting_section(each);
        std::find(names.begin(), names.end(), section) == names.end())
      names.push_back(section);
  }
  auto meant = nearest(unknown, names);
  if (!meant)
    meant = by_last_part(unknown);
  return meant ? "; did you mean \"" + spelling(*meant) + "\"?" : std::string{};
}

}  // namespace logstream
