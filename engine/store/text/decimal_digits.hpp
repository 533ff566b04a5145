// SPDX-License-Identifier: MIT
// Decimal digits of numbers, read and written by the codecs of columns.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace logstream {

constexpr bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9;
}

inline constexpr std::array<std::uint64_t, 20> powers_of_ten = [] {
  std::array<std::uint64_t, 20> powers{};
  std::uint64_t power = 1;
  for (std::uint64_t& each : powers) {
    each = power;
    power *= 10;
  }
  return powers;
}();

/// A number of 1 to 20 digits.
constexpr unsigned count_digits(std::uint64_t number) {
  // 1233 / 4096 is the logarithm of 2 to the base of 10, near enough for 64 bits.
  const unsigned least = static_cast<unsigned>(std::bit_width(number | 1)) * 1233 >> 12;
  return least + (number >= powers_of_ten[least] || least == 0 ? 1 : 0);
}

/// Writes the lowest digits of `number` so that they fill [to, to + count).
inline void write_digits(char* to, unsigned count, std::uint64_t number) {
  static constexpr std::array<char, 200> pairs = [] {
    std::array<char, 200> made{};
    for (unsigned i = 0; i < 100; ++i) {
      made[2 * i] = static_cast<char>('0' + i / 10);
      made[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return made;
  }();
  for (; count >= 2; count -= 2, number /= 100)
    std::memcpy(to + count - 2, pairs.data() + 2 * (number % 100), 2);
  if (count == 1)
    *to = static_cast<char>('0' + number % 10);
}

/// Reads digits only, at most 18 of them.
inline bool read_digits(std::string_view text, std::uint64_t& number) {
  constexpr std::size_t most = 18;
  if (text.empty() || text.size() > most)
    return false;
  number = 0;
  unsigned worst = 0;
  for (const char each : text) {
    const auto digit = static_cast<unsigned char>(each - '0');
    worst = std::max<unsigned>(worst, digit);
    number = number * 10 + digit;
  }
  return worst <= 9;
}

}  // namespace logstream
