// SPDX-License-Identifier: MIT
// Names, aliases and numbers of levels.
#include "engine/model/level.hpp"

#include <charconv>
#include <utility>

namespace logstream {

namespace {

constexpr std::array<std::string_view, level_count> names{"TRACE", "DEBUG",    "INFO",   "WARN",
                                                          "ERROR", "CRITICAL", "UNKNOWN"};

constexpr auto aliases = std::to_array<std::pair<std::string_view, level>>({
    {"trace", level::trace},
    {"trc", level::trace},
    {"verbose", level::trace},
    {"finest", level::trace},
    {"finer", level::trace},
    {"debug", level::debug},
    {"dbg", level::debug},
    {"fine", level::debug},
    {"d", level::debug},
    {"info", level::info},
    {"inf", level::info},
    {"i", level::info},
    {"information", level::info},
    {"informational", level::info},
    {"notice", level::info},
    {"log", level::info},
    {"warn", level::warn},
    {"warning", level::warn},
    {"wrn", level::warn},
    {"w", level::warn},
    {"error", level::error},
    {"err", level::error},
    {"eror", level::error},
    {"e", level::error},
    {"severe", level::error},
    {"critical", level::critical},
    {"crit", level::critical},
    {"fatal", level::critical},
    {"ftl", level::critical},
    {"f", level::critical},
    {"alert", level::critical},
    {"emerg", level::critical},
    {"emergency", level::critical},
    {"panic", level::critical},
    {"dpanic", level::critical},
    {"unknown", level::unknown},
});

constexpr std::size_t longest_alias = 13;

}  // namespace

std::string_view to_string(level value) {
  return names[static_cast<std::size_t>(value)];
}

std::optional<level> parse_level(std::string_view text) {
  if (text.empty() || text.size() > longest_alias)
    return std::nullopt;
  std::array<char, longest_alias> lower{};
  for (std::size_t i = 0; i < text.size(); ++i)
    lower[i] = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] + 32) : text[i];
  const std::string_view key{lower.data(), text.size()};
  for (const auto& [alias, value] : aliases)
    if (alias == key)
      return value;
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(key.data(), key.data() + key.size(), number);
  if (failure == std::errc{} && end == key.data() + key.size())
    return parse_level_number(number);
  return std::nullopt;
}

std::optional<level> parse_level_number(std::int64_t number) {
  if (number >= 0 && number <= 7) {
    constexpr std::array<level, 8> syslog{level::critical, level::critical, level::critical, level::error,
                                          level::warn,     level::info,     level::info,     level::debug};
    return syslog[static_cast<std::size_t>(number)];
  }
  if (number < 10 || number > 60)
    return std::nullopt;
  constexpr std::array<level, 6> pino{level::trace, level::debug, level::info,
                                      level::warn,  level::error, level::critical};
  return pino[static_cast<std::size_t>(number / 10 - 1)];
}

}  // namespace logstream
