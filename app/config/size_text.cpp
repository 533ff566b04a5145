// SPDX-License-Identifier: MIT
// Sizes in bytes as people write them.
#include "app/config/size_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <span>
#include <utility>

namespace logstream {

namespace {

constexpr auto byte_units = std::to_array<std::pair<std::string_view, std::uint64_t>>({
    {"TiB", 1ull << 40},
    {"GiB", 1ull << 30},
    {"MiB", 1ull << 20},
    {"KiB", 1ull << 10},
    {"TB", 1'000'000'000'000},
    {"GB", 1'000'000'000},
    {"MB", 1'000'000},
    {"kB", 1'000},
    {"KB", 1'000},
    {"B", 1},
    {"", 1},
});

}  // namespace

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [after, failure] = std::from_chars(text.data(), end, number, std::chars_format::fixed);
  if (failure != std::errc{} || text[0] == '-' || !std::isfinite(number))
    return std::nullopt;
  const std::string_view digits = text.substr(0, static_cast<std::size_t>(after - text.data()));
  const std::string_view suffix =
      text.substr(std::min(text.find_first_not_of(' ', digits.size()), text.size()));
  for (const auto& [name, size] : byte_units) {
    if (suffix != name)
      continue;
    // Whole numbers stay whole: a double would round large ones.
    std::uint64_t whole = 0;
    const auto [stop, overflow] = std::from_chars(digits.data(), after, whole);
    if (overflow == std::errc{} && stop == after) {
      std::uint64_t out = 0;
      return __builtin_mul_overflow(whole, size, &out) ? std::nullopt : std::optional{out};
    }
    const double bytes = std::round(number * static_cast<double>(size));
    constexpr double most = 9e18;
    return bytes <= most ? std::optional{static_cast<std::uint64_t>(bytes)} : std::nullopt;
  }
  return std::nullopt;
}

std::string format_bytes(std::uint64_t bytes) {
  constexpr std::size_t binary_units = 4;
  for (const auto& [name, size] : std::span{byte_units}.first(binary_units))
    if (bytes >= size && bytes % size == 0)
      return std::to_string(bytes / size).append(name);
  return std::to_string(bytes).append("B");
}

}  // namespace logstream
