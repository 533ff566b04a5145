// SPDX-License-Identifier: MIT
// Durations as people write them.
#include "engine/wire/time_text.hpp"

#include <array>
#include <charconv>
#include <utility>

namespace logstream {

namespace {

struct unit {
  std::string_view name;
  std::uint64_t nanoseconds;
};

constexpr std::array<unit, 10> units{{{"ns", 1},
                                      {"us", 1'000},
                                      {"\xC2\xB5s", 1'000},
                                      {"ms", 1'000'000},
                                      {"s", 1'000'000'000},
                                      {"m", 60'000'000'000},
                                      {"h", 3'600'000'000'000},
                                      {"d", 86'400'000'000'000},
                                      {"w", 604'800'000'000'000},
                                      {"\xCE\xBCs", 1'000}}};

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Takes the unit from the front of `text`.
std::optional<std::uint64_t> take_unit(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && !is_digit(text[size]) && text[size] != '.') ++size;
  for (const auto& [name, nanoseconds] : units)
    if (text.substr(0, size) == name) {
      text.remove_prefix(size);
      return nanoseconds;
    }
  return std::nullopt;
}

/// Takes one number with its unit, like `1.5s`, from the front of `text`.
std::optional<std::uint64_t> take_part(std::string_view& text) {
  std::uint64_t whole = 0;
  const char* end = text.data() + text.size();
  const auto [after, failure] = std::from_chars(text.data(), end, whole);
  if (failure != std::errc{})
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(after - text.data()));
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = text.substr(0, text.find_first_not_of("0123456789"));
    text.remove_prefix(fraction.size());
    if (fraction.empty())
      return std::nullopt;
  }
  const auto per_unit = take_unit(text);
  std::uint64_t out = 0;
  if (!per_unit || __builtin_mul_overflow(whole, *per_unit, &out))
    return std::nullopt;
  std::uint64_t tenths = *per_unit;
  for (const char digit : fraction) {
    const std::uint64_t part = tenths * static_cast<std::uint64_t>(digit - '0') / 10;
    tenths /= 10;
    if (__builtin_add_overflow(out, part, &out))
      return std::nullopt;
  }
  return out;
}

void append_number(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits{};
  const auto [end, failure] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), end);
  static_cast<void>(failure);
}

/// Appends `value / unit` as a decimal number without trailing zeros. REQUIRES: unit is a power of ten.
void append_decimal(std::string& out, std::uint64_t value, std::uint64_t unit) {
  append_number(out, value / unit);
  std::uint64_t rest = value % unit;
  if (rest != 0)
    out.push_back('.');
  for (; rest != 0; rest %= unit) {
    unit /= 10;
    out.push_back(static_cast<char>('0' + rest / unit));
  }
}

}  // namespace

std::optional<std::int64_t> parse_duration(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+'))
    text.remove_prefix(1);
  if (text == "0")
    return 0;
  std::uint64_t sum = 0;
  do {
    const auto part = take_part(text);
    if (!part || __builtin_add_overflow(sum, *part, &sum))
      return std::nullopt;
  } while (!text.empty());
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  if (sum > most - (negative ? 0 : 1))
    return std::nullopt;
  return static_cast<std::int64_t>(negative ? std::uint64_t{0} - sum : sum);
}

std::string format_duration(std::int64_t nanoseconds) {
  std::string out;
  auto rest = static_cast<std::uint64_t>(nanoseconds);
  if (nanoseconds < 0) {
    out.push_back('-');
    rest = std::uint64_t{0} - rest;
  }
  constexpr std::array<unit, 3> long_units{
      {{"d", 86'400'000'000'000}, {"h", 3'600'000'000'000}, {"m", 60'000'000'000}}};
  const std::size_t sign = out.size();
  for (const auto& [name, size] : long_units)
    if (rest >= size) {
      append_number(out, rest / size);
      out.append(name);
      rest %= size;
    }
  if (rest == 0 && out.size() > sign)
    return out;
  constexpr std::array<unit, 4> short_units{
      {{"s", 1'000'000'000}, {"ms", 1'000'000}, {"us", 1'000}, {"ns", 1}}};
  for (const auto& [name, size] : short_units)
    if (rest >= size) {
      append_decimal(out, rest, size);
      out.append(name);
      return out;
    }
  return out.append("0s");
}

}  // namespace logstream
