// SPDX-License-Identifier: MIT
// Checking, reading and drawing from level weights.
#include "engine/simulate/level_mix.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <string>

namespace logstream {

namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

}  // namespace

level_mix::level_mix() : level_mix(weights{0, 3, 80, 10, 6, 1, 0}) {}

level_mix::level_mix(const weights& values)
    : weights_(values), total_(std::accumulate(values.begin(), values.end(), std::uint32_t{0})) {}

result<level_mix> level_mix::from_weights(const weights& values) {
  if (std::any_of(values.begin(), values.end(), [](auto value) { return value > largest_weight; }))
    return make_error(errc::invalid,
                      "the weight of a level must not exceed " + std::to_string(largest_weight));
  if (std::all_of(values.begin(), values.end(), [](auto value) { return value == 0; }))
    return make_error(errc::invalid, "a level mix needs at least one weight above zero");
  return level_mix{values};
}

result<level_mix> level_mix::parse(std::string_view text) {
  weights values{};
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto part = trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    const auto sign = part.find_first_of("=:");
    if (sign == std::string_view::npos)
      return make_error(errc::invalid, "level mix: expected LEVEL=WEIGHT, got \"" + std::string{part} + '"');
    const auto name = trimmed(part.substr(0, sign));
    const auto digits = trimmed(part.substr(sign + 1));
    const auto key = parse_level(name);
    if (!key)
      return make_error(errc::invalid, "level mix: unknown level \"" + std::string{name} + '"');
    std::uint32_t weight = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
    if (failure != std::errc{} || end != digits.data() + digits.size())
      return make_error(errc::invalid, "level mix: the weight of " + std::string{name} +
                                           " must be a whole number from 0 to " +
                                           std::to_string(largest_weight) + ", not \"" + std::string{digits} +
                                           '"');
    values[static_cast<std::size_t>(*key)] = weight;
  }
  return from_weights(values);
}

level level_mix::pick(random_source& source) const {
  auto ticket = source.below(total_);
  for (const auto value : all_levels) {
    if (ticket < weight(value))
      return value;
    ticket -= weight(value);
  }
  return level::info;
}

}  // namespace logstream
