// SPDX-License-Identifier: MIT
// Cuts a message into words and variables, by rules that are the same for every message.
#include "engine/store/templates/tokenizer.hpp"

#include "engine/store/templates/digit_column.hpp"

#include <array>

namespace logstream {

namespace {

// What a byte is, as bits, so that the bits of a run say what is in it.
constexpr std::uint8_t digit = 1;
constexpr std::uint8_t lower_hex = 2;
constexpr std::uint8_t upper_hex = 4;
constexpr std::uint8_t other_letter = 8;
// Punctuation inside names, paths and addresses: it does not end a word.
constexpr std::uint8_t joiner = 16;
constexpr std::uint8_t alphanumeric = digit | lower_hex | upper_hex | other_letter;

constexpr std::array<std::uint8_t, 256> classes = [] {
  std::array<std::uint8_t, 256> all{};
  for (unsigned c = '0'; c <= '9'; ++c) all[c] = digit;
  for (unsigned c = 'a'; c <= 'z'; ++c) all[c] = c <= 'f' ? lower_hex : other_letter;
  for (unsigned c = 'A'; c <= 'Z'; ++c) all[c] = c <= 'F' ? upper_hex : other_letter;
  for (unsigned c = 0x80; c <= 0xff; ++c) all[c] = other_letter;
  for (const char c : {'_', '-', '.', '/', '@', '$', '\\', '+'}) all[static_cast<unsigned char>(c)] = joiner;
  return all;
}();

std::uint8_t class_of(char c) {
  return classes[static_cast<unsigned char>(c)];
}

constexpr std::size_t uuid_size = 36;
constexpr std::size_t uuid_head = 8;
constexpr std::size_t least_hex = 8;

bool one_case_of_hex(unsigned classes_seen) {
  return (classes_seen & other_letter) == 0 &&
         (classes_seen & (lower_hex | upper_hex)) != (lower_hex | upper_hex);
}

bool is_uuid(std::string_view text) {
  unsigned seen = 0;
  for (std::size_t i = uuid_head; i < uuid_size; ++i) {
    const std::uint8_t here = class_of(text[i]);
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i] != '-')
        return false;
    } else if ((here & alphanumeric) == 0) {
      return false;
    } else {
      seen |= here;
    }
  }
  for (std::size_t i = 0; i < uuid_head; ++i) seen |= class_of(text[i]);
  return one_case_of_hex(seen);
}

}  // namespace

// A longest run of letters and digits.
struct tokenizer::run {
  std::size_t begin;
  std::size_t end;
  unsigned classes_seen;
};

tokenizer::run tokenizer::run_at(std::string_view message, std::size_t begin) const {
  unsigned seen = 0;
  std::size_t end = begin;
  for (; end < message.size(); ++end) {
    const std::uint8_t here = class_of(message[end]);
    if ((here & alphanumeric) == 0)
      break;
    seen |= here;
  }
  return {begin, end, seen};
}

void tokenizer::expect(std::size_t bytes) {
  constexpr std::size_t bytes_a_token = 6;
  constexpr std::size_t bytes_a_variable = 16;
  symbols_.reserve(bytes / bytes_a_token);
  variables_.reserve(bytes / bytes_a_variable);
}

bool tokenizer::cut(std::string_view message) {
  const std::size_t symbols_before = symbols_.size();
  const std::size_t variables_before = variables_.size();
  std::size_t word_begin = 0;
  std::size_t at = 0;
  while (at < message.size() && symbols_.size() - symbols_before <= most_tokens) {
    const std::uint8_t here = class_of(message[at]);
    if ((here & alphanumeric) != 0) {
      const run found = run_at(message, at);
      const bool uuid_begins =
          found.end - at == uuid_head && found.end < message.size() && message[found.end] == '-';
      at = found.end;
      if ((found.classes_seen & digit) != 0 || uuid_begins) {
        word_begin = cut_run(message, word_begin, found);
        at = word_begin > at ? word_begin : at;
      }
    } else if (here == joiner) {
      ++at;
    } else {
      for (++at; at < message.size() && class_of(message[at]) == 0;) ++at;
      add_word(message.substr(word_begin, at - word_begin));
      word_begin = at;
    }
  }
  if (word_begin < at)
    add_word(message.substr(word_begin, at - word_begin));
  if (symbols_.size() - symbols_before <= most_tokens)
    return true;
  symbols_.resize(symbols_before);
  variables_.resize(variables_before);
  return false;
}

// Adds what stands before the run and what is known of the run; returns where the next word begins.
std::size_t tokenizer::cut_run(std::string_view message, std::size_t word_begin, const run& at) {
  const std::size_t size = at.end - at.begin;
  const std::string_view text = message.substr(at.begin, size);
  const bool digits_only = at.classes_seen == digit;
  if (size == uuid_head && message.size() - at.begin >= uuid_size && message[at.end] == '-') {
    const std::size_t end = at.begin + uuid_size;
    const bool ends = end == message.size() || (class_of(message[end]) & alphanumeric) == 0;
    if (ends && is_uuid(message.substr(at.begin, uuid_size))) {
      add_word(message.substr(word_begin, at.begin - word_begin));
      add_variable(token_kind::uuid, message.substr(at.begin, uuid_size));
      return end;
    }
  }
  if ((at.classes_seen & digit) == 0)
    return word_begin;
  if (digits_only || size < least_hex || !one_case_of_hex(at.classes_seen))
    return cut_digits_and_letters(message, word_begin, at);
  add_word(message.substr(word_begin, at.begin - word_begin));
  add_variable(token_kind::hex, text);
  return at.end;
}

// "12", "user12", "12ms" and the "25T01" of a time are digits and words; anything else is one mixed variable.
std::size_t tokenizer::cut_digits_and_letters(std::string_view message, std::size_t word_begin,
                                              const run& at) {
  const auto is_digit = [&](std::size_t i) { return class_of(message[i]) == digit; };
  std::size_t first = at.begin;
  while (!is_digit(first)) ++first;
  std::size_t last = first;
  while (last < at.end && is_digit(last)) ++last;
  std::size_t rest = last;
  while (rest < at.end && !is_digit(rest)) ++rest;
  const bool one_number = rest == at.end && (first == at.begin || last == at.end);
  const bool fits = last - first <= digit_run::most_size;
  if (one_number && fits) {
    add_word(message.substr(word_begin, first - word_begin));
    add_variable(token_kind::digits, message.substr(first, last - first));
    return last;
  }
  if (first == at.begin && last - first == 2 && rest == last + 1 && message[last] == 'T' &&
      at.end == rest + 2 && is_digit(rest + 1)) {
    add_word(message.substr(word_begin, first - word_begin));
    add_variable(token_kind::digits, message.substr(first, 2));
    add_word(message.substr(last, 1));
    add_variable(token_kind::digits, message.substr(rest, 2));
    return at.end;
  }
  add_word(message.substr(word_begin, at.begin - word_begin));
  add_variable(token_kind::mixed, message.substr(at.begin, at.end - at.begin));
  return at.end;
}

void tokenizer::add_word(std::string_view text) {
  if (!text.empty())
    symbols_.push_back(word_symbol(words_.number_of(text)));
}

void tokenizer::add_variable(token_kind kind, std::string_view text) {
  symbols_.push_back(variable_symbol(kind));
  variables_.push_back(text);
}

}  // namespace logstream
