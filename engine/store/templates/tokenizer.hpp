// SPDX-License-Identifier: MIT
// Cuts a message into words and variables, by rules that are the same for every message.
#pragma once

#include "engine/store/templates/word_table.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace logstream {

/// What a piece of a message is.
enum class token_kind : std::uint8_t {
  /// One to eighteen decimal digits.
  digits,
  /// Eight or more hexadecimal digits of one case, with a letter and a decimal digit among them.
  hex,
  uuid,
  /// Letters and digits mixed in any other way, or too many digits.
  mixed,
  /// Text without digits, with the punctuation and spaces behind it.
  word,
};

/// A token as one number: its kind in the lowest three bits, a word's number above.
using symbol = std::uint32_t;

constexpr token_kind kind_of(symbol of) {
  return static_cast<token_kind>(of & 7);
}
constexpr std::uint32_t word_of(symbol of) {
  return of >> 3;
}
constexpr symbol word_symbol(std::uint32_t word) {
  return word << 3 | static_cast<std::uint32_t>(token_kind::word);
}
constexpr symbol variable_symbol(token_kind kind) {
  return static_cast<std::uint32_t>(kind);
}

/// Collects the tokens of messages: the symbols of all of them, and the texts of those that are variables.
/// The tokens of a message, end to end, are the message.
class tokenizer {
 public:
  /// A message of more tokens is not cut.
  static constexpr std::size_t most_tokens = 250;

  /// Makes room for the tokens of so many bytes of common messages.
  void expect(std::size_t bytes);

  /// Appends the tokens of `message`; false, and nothing is appended, if it has too many. REQUIRES: the
  /// messages outlive the tokenizer, and are at most 512 MiB altogether.
  bool cut(std::string_view message);

  const std::vector<symbol>& symbols() const { return symbols_; }
  const std::vector<std::string_view>& variables() const { return variables_; }
  word_table& words() { return words_; }
  const word_table& words() const { return words_; }

 private:
  struct run;

  run run_at(std::string_view message, std::size_t begin) const;
  std::size_t cut_run(std::string_view message, std::size_t word_begin, const run& at);
  std::size_t cut_digits_and_letters(std::string_view message, std::size_t word_begin, const run& at);
  void add_word(std::string_view text);
  void add_variable(token_kind kind, std::string_view text);

  word_table words_;
  std::vector<symbol> symbols_;
  std::vector<std::string_view> variables_;
};

}  // namespace logstream
