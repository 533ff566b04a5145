// SPDX-License-Identifier: MIT
// Messages of programs that do not exist, for tests that hold for any message.
#include "tests/engine/store/templates/random_messages.hpp"

#include "tests/engine/support/seed.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

namespace {

constexpr std::array<std::string_view, 16> words{"user",   "took", "Table",    "a",  "orders", "x_y",
                                                 "a.b/c",  "-",    "\xc3\xa4", "ms", "T",      "ab",
                                                 "deadbe", "K@k",  "",         "\\n"};
constexpr std::array<std::string_view, 8> gaps{" ", "=", ": ", ", ", "", "-", ".", "]["};

std::string from(random_source& random, std::string_view alphabet, std::uint32_t size) {
  std::string text;
  for (; size > 0; --size)
    text.push_back(alphabet[random.below(static_cast<std::uint32_t>(alphabet.size()))]);
  return text;
}

std::string variable(random_source& random, char kind) {
  switch (kind) {
    case 'd':
      return std::to_string(random.below(1000));
    case 'z':
      return from(random, "0123456789", 2);
    case 'r':
      return from(random, "0123456789", 1 + random.below(22));
    case 'h':
      return from(random, "0123456789abcdef", 16);
    case 'H':
      return from(random, "0123456789ABCDEF", 7 + random.below(4));
    case 'u':
      return from(random, "0123456789abcdef", 8) + '-' + from(random, "0123456789abcdef", 4) + '-' +
             from(random, "0123456789abcdef", 4) + '-' + from(random, "0123456789abcdef", 4) + '-' +
             from(random, "0123456789abcdef", 12);
    case 'm':
      return from(random, "abcXYZ0189", 1 + random.below(8));
    case 'b': {
      std::string any;
      for (std::uint32_t i = random.below(4); i > 0; --i) any.push_back(static_cast<char>(random.below(256)));
      return any;
    }
    default:
      return std::string{words[random.below(words.size())]};
  }
}

// A part is a variable's kind, or, behind a '=', what is the same in all messages.
std::vector<std::string> random_format(random_source& random) {
  std::vector<std::string> format;
  for (std::uint32_t i = random.below(12); i > 0; --i) {
    if (one_in(random, 2))
      format.push_back("=" + std::string{words[random.below(words.size())]});
    else
      format.push_back(from(random, "dzrhHumwb", 1));
    format.push_back("=" + std::string{gaps[random.below(gaps.size())]});
  }
  return format;
}

}  // namespace

text_buffer random_messages(random_source& random, std::uint32_t count) {
  std::vector<std::vector<std::string>> formats;
  for (std::uint32_t i = 1 + random.below(6); i > 0; --i) formats.push_back(random_format(random));
  text_buffer all;
  for (; count > 0; --count) {
    std::string message;
    for (const std::string& each : formats[random.below(static_cast<std::uint32_t>(formats.size()))])
      message += each[0] == '=' ? each.substr(1) : variable(random, each[0]);
    if (one_in(random, 20))
      message = variable(random, 'b') + message;
    all.push(message);
  }
  return all;
}

}  // namespace logstream::test
