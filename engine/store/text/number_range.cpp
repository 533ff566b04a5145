// SPDX-License-Identifier: MIT
// Rounds outward: a range may be a little too wide, never too narrow.
#include "engine/store/text/number_range.hpp"

#include "engine/store/text/decimal_digits.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

namespace logstream {

namespace {

constexpr std::int64_t exact_limit = std::int64_t{1} << 53;

bool is_plain_number(std::string_view text) {
  const auto skip_digits = [&] {
    const std::size_t before = text.size();
    while (!text.empty() && is_digit(text.front())) text.remove_prefix(1);
    return text.size() < before;
  };
  if (text.starts_with('-'))
    text.remove_prefix(1);
  if (!skip_digits())
    return false;
  if (text.empty())
    return true;
  if (text.front() != '.')
    return false;
  text.remove_prefix(1);
  return skip_digits() && text.empty();
}

// Two steps: one for each of the two roundings that `number` may come from.
number_range around(double number) {
  constexpr double far = std::numeric_limits<double>::infinity();
  return {std::nextafter(std::nextafter(number, -far), -far),
          std::nextafter(std::nextafter(number, far), far)};
}

}  // namespace

void number_range::add(const number_range& other) {
  least = std::min(least, other.least);
  greatest = std::max(greatest, other.greatest);
}

number_range range_of_decimal(std::int64_t mantissa, unsigned digits) {
  const auto number = static_cast<double>(mantissa);
  const bool exact = mantissa >= -exact_limit && mantissa <= exact_limit;
  if (exact && digits == 0)
    return {number, number};
  const auto scale = static_cast<std::int64_t>(powers_of_ten[digits]);
  if (exact && mantissa % scale == 0) {
    const std::int64_t whole = mantissa / scale;
    return {static_cast<double>(whole), static_cast<double>(whole)};
  }
  return around(number / static_cast<double>(scale));
}

std::optional<number_range> range_of_text(std::string_view text) {
  if (!is_plain_number(text))
    return std::nullopt;
  std::int64_t whole = 0;
  const char* const end = text.data() + text.size();
  if (const auto [rest, problem] = std::from_chars(text.data(), end, whole);
      problem == std::errc{} && rest == end)
    return range_of_decimal(whole, 0);
  double number = 0;
  if (std::from_chars(text.data(), end, number).ec != std::errc{})
    return std::nullopt;
  return around(number);
}

std::optional<number_range> range_of_texts(text_list texts) {
  number_range all;
  for (std::uint32_t i = 0; i < texts.size(); ++i) {
    const auto each = range_of_text(texts[i]);
    if (!each)
      return std::nullopt;
    all.add(*each);
  }
  return all;
}

}  // namespace logstream
