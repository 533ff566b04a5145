// SPDX-License-Identifier: MIT
// Lines `name number` of small text files that a person can read and write again by hand.
#pragma once

#include <charconv>
#include <string_view>
#include <system_error>

namespace logstream {

/// Takes the line `name number` and its end from the front of `text`; false if it begins with anything else
/// or the number is none that fits, `text` and `number` are then of no use.
template <class Number>
bool take_number_line(std::string_view& text, std::string_view name, Number& number) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos || !text.starts_with(name) || end <= name.size() ||
      text[name.size()] != ' ')
    return false;
  const std::string_view digits = text.substr(name.size() + 1, end - name.size() - 1);
  const auto [rest, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  text.remove_prefix(end + 1);
  return problem == std::errc{} && rest == digits.data() + digits.size();
}

}  // namespace logstream
