// SPDX-License-Identifier: MIT
// Small questions about JSON text, and writing it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream {

/// True for what JSON takes for white space.
inline bool is_json_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// `token` without the white space behind it.
inline std::string_view trim_token(std::string_view token) {
  while (!token.empty() && is_json_space(token.back())) token.remove_suffix(1);
  return token;
}

/// True if `token` is a number as RFC 8259 writes it.
bool is_json_number(std::string_view token);

/// True if `token` is a number, true, false or null.
bool is_json_scalar(std::string_view token);

/// The text of the string that begins at `begin`, one behind its opening quote, with its closing quote.
/// REQUIRES: the string is closed.
std::string_view raw_string_token(const char* begin);

/// Appends `text` as a JSON string. Bytes that are not UTF-8 become U+FFFD.
void append_json_string(std::string& out, std::string_view text);

/// Appends `number` in decimal.
void append_json_number(std::string& out, std::uint64_t number);

/// Takes JSON values one after the other off the front of a text, looking only at quotes and brackets. White
/// space and commas between values are skipped.
class json_splitter {
 public:
  explicit json_splitter(std::string_view text) : rest_(text) {}

  /// The next value's text, empty at the end or in front of an unmatched closing bracket. A value that is not
  /// closed reaches to the end.
  std::string_view next();
  /// True unless the last value taken was not closed.
  bool closed() const { return closed_; }
  /// What has not been taken.
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool closed_ = true;
};

}  // namespace logstream
