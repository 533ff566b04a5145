// SPDX-License-Identifier: MIT
// Scanning and writing JSON text a byte at a time.
#include "engine/wire/json_text.hpp"

#include "engine/base/utf8.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace logstream {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && is_digit(text[at])) ++at;
  return at;
}

// Where a value ends that is not closed.
constexpr std::size_t never = std::string_view::npos;

// The index behind the closing quote of the string that opens at `at`.
std::size_t skip_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\')
      ++at;
    else if (text[at] == '"')
      return at + 1;
  }
  return never;
}

std::size_t skip_compound(std::string_view text) {
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (c == '"') {
      at = skip_string(text, at);
      continue;
    }
    ++at;
    if (c == '{' || c == '[')
      ++depth;
    else if ((c == '}' || c == ']') && --depth == 0)
      return at;
  }
  return never;
}

// What a byte below 0x80 needs in a string: 0 nothing, 'u' four digits, else the letter behind the backslash.
constexpr std::array<char, 128> escapes = [] {
  std::array<char, 128> table{};
  for (std::size_t i = 0; i < 0x20; ++i) table[i] = 'u';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  table['"'] = '"';
  table['\\'] = '\\';
  table[0x7f] = 0;
  return table;
}();

void append_escape(std::string& out, char c, char escape) {
  out += '\\';
  out += escape;
  if (escape != 'u')
    return;
  out += "00";
  out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4];
  out += "0123456789abcdef"[c & 0xf];
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

bool is_json_number(std::string_view token) {
  std::size_t at = 0;
  if (at < token.size() && token[at] == '-')
    ++at;
  const std::size_t whole = at;
  at = skip_digits(token, at);
  if (at == whole || (token[whole] == '0' && at > whole + 1))
    return false;
  if (at < token.size() && token[at] == '.') {
    const std::size_t fraction = ++at;
    at = skip_digits(token, at);
    if (at == fraction)
      return false;
  }
  if (at < token.size() && (token[at] == 'e' || token[at] == 'E')) {
    ++at;
    if (at < token.size() && (token[at] == '+' || token[at] == '-'))
      ++at;
    const std::size_t exponent = at;
    at = skip_digits(token, at);
    if (at == exponent)
      return false;
  }
  return at == token.size();
}

bool is_json_scalar(std::string_view token) {
  return is_json_number(token) || token == "true" || token == "false" || token == "null";
}

std::string_view raw_string_token(const char* begin) {
  const char* end = begin;
  while (*end != '"') end += *end == '\\' ? 2 : 1;
  return {begin, static_cast<std::size_t>(end + 1 - begin)};
}

void append_json_string(std::string& out, std::string_view text) {
  std::string valid;
  if (!is_ascii(text)) {
    append_valid_utf8(valid, text);
    text = valid;
  }
  out += '"';
  std::size_t clean = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const char escape = byte < 0x80 ? escapes[byte] : '\0';
    if (escape == '\0')
      continue;
    out += text.substr(clean, at - clean);
    append_escape(out, text[at], escape);
    clean = at + 1;
  }
  out += text.substr(clean);
  out += '"';
}

void append_json_number(std::string& out, std::uint64_t number) {
  std::array<char, 20> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

std::string_view json_splitter::next() {
  std::size_t begin = 0;
  while (begin < rest_.size() && (is_json_space(rest_[begin]) || rest_[begin] == ',')) ++begin;
  rest_.remove_prefix(begin);
  if (rest_.empty() || rest_[0] == ']' || rest_[0] == '}')
    return {};
  std::size_t size = 0;
  if (rest_[0] == '{' || rest_[0] == '[')
    size = skip_compound(rest_);
  else if (rest_[0] == '"')
    size = skip_string(rest_, 0);
  else
    while (size < rest_.size() && !is_json_space(rest_[size]) && rest_[size] != ',' && rest_[size] != ']')
      ++size;
  closed_ = size != never;
  const std::string_view value = rest_.substr(0, size);
  rest_.remove_prefix(value.size());
  return value;
}

}  // namespace logstream
