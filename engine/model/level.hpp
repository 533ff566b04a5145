// SPDX-License-Identifier: MIT
// The severity of an event, and every spelling of it that agents use.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace logstream {

/// Persisted and shipped: do not change the values of existing entries.
enum class level : std::uint8_t {
  trace = 0,
  debug = 1,
  info = 2,
  warn = 3,
  error = 4,
  critical = 5,
  unknown = 6
};

inline constexpr std::size_t level_count = 7;

/// All levels in order of severity, `unknown` last.
inline constexpr std::array<level, level_count> all_levels{
    level::trace, level::debug, level::info, level::warn, level::error, level::critical, level::unknown};

/// Returns the level as answers spell it, for example "ERROR".
std::string_view to_string(level value);

/// Understands any case and the usual aliases: warning, err, fatal, emerg, panic, notice, verbose, and the
/// numbers that parse_level_number takes.
std::optional<level> parse_level(std::string_view text);

/// Reads a number as pino and bunyan (10 to 60) or syslog (0 to 7) mean it.
std::optional<level> parse_level_number(std::int64_t number);

/// A set of levels; empty means none.
class level_set {
 public:
  constexpr level_set() = default;
  static constexpr level_set all() { return level_set{0x7f}; }
  constexpr void insert(level value) {
    bits_ = static_cast<std::uint8_t>(bits_ | 1u << static_cast<unsigned>(value));
  }
  constexpr bool contains(level value) const { return (bits_ >> static_cast<unsigned>(value) & 1u) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr bool intersects(level_set other) const { return (bits_ & other.bits_) != 0; }
  constexpr bool operator==(const level_set&) const = default;

 private:
  explicit constexpr level_set(std::uint8_t bits) : bits_(bits) {}
  std::uint8_t bits_ = 0;
};

}  // namespace logstream
