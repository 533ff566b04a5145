// SPDX-License-Identifier: MIT
// Hexadecimal digits to bytes and back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace logstream {

/// Which letters the digits above nine are. Persisted.
enum class hex_case : std::uint8_t { lower = 0, upper = 1 };

inline constexpr std::uint8_t no_hex_digit = 0xff;

/// What each character is worth, no_hex_digit for those that are no digit of that case.
inline constexpr std::array<std::array<std::uint8_t, 256>, 2> hex_values = [] {
  std::array<std::array<std::uint8_t, 256>, 2> values{};
  for (std::size_t kind = 0; kind < 2; ++kind) {
    values[kind].fill(no_hex_digit);
    for (std::uint8_t i = 0; i < 10; ++i) values[kind][static_cast<std::size_t>('0') + i] = i;
    for (std::uint8_t i = 0; i < 6; ++i)
      values[kind][static_cast<std::size_t>(kind == 0 ? 'a' : 'A') + i] = static_cast<std::uint8_t>(10 + i);
  }
  return values;
}();

/// Reads 2 * `bytes` digits. False if one is none.
inline bool read_hex(const char* digits, std::size_t bytes, hex_case kind, char* to) {
  const auto& values = hex_values[static_cast<std::size_t>(kind)];
  unsigned seen = 0;
  for (std::size_t i = 0; i < bytes; ++i) {
    const unsigned high = values[static_cast<unsigned char>(digits[2 * i])];
    const unsigned low = values[static_cast<unsigned char>(digits[2 * i + 1])];
    seen |= high | low;
    to[i] = static_cast<char>(high << 4 | low);
  }
  return seen < 16;
}

/// Writes 2 * `bytes` digits.
inline void write_hex(const char* from, std::size_t bytes, hex_case kind, char* to) {
  static constexpr std::array<std::array<char, 512>, 2> pairs = [] {
    std::array<std::array<char, 512>, 2> made{};
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string_view digits = i == 0 ? "0123456789abcdef" : "0123456789ABCDEF";
      for (std::size_t byte = 0; byte < 256; ++byte) {
        made[i][2 * byte] = digits[byte / 16];
        made[i][2 * byte + 1] = digits[byte % 16];
      }
    }
    return made;
  }();
  const char* const table = pairs[static_cast<std::size_t>(kind)].data();
  for (std::size_t i = 0; i < bytes; ++i)
    std::memcpy(to + 2 * i, table + 2 * static_cast<unsigned char>(from[i]), 2);
}

/// The case of the letters in `text`; lower if there are none.
inline hex_case case_of(std::string_view text) {
  for (const char each : text)
    if (each >= 'A' && each <= 'F')
      return hex_case::upper;
  return hex_case::lower;
}

}  // namespace logstream
