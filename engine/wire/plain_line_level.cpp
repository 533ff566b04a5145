// SPDX-License-Identifier: MIT
// What counts as a level in the head of a log line.
#include "engine/wire/plain_line_level.hpp"

#include <algorithm>
#include <array>

namespace logstream {

namespace {

constexpr bool is_upper(char c) {
  return c >= 'A' && c <= 'Z';
}
constexpr bool is_lower(char c) {
  return c >= 'a' && c <= 'z';
}
constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_letter(char c) {
  return is_upper(c) || is_lower(c);
}
constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

constexpr char to_lower(char c) {
  return is_upper(c) ? static_cast<char>(c + 32) : c;
}

/// Words that mean a level where their surroundings say so: in brackets, before a colon, after `level=`.
constexpr auto level_words = std::to_array<std::string_view>(
    {"trace",       "trc",      "verbose", "finest",  "finer",     "fine",  "debug", "dbg",    "info",  "inf",
     "information", "notice",   "warn",    "warning", "wrn",       "error", "err",   "severe", "fatal", "ftl",
     "crit",        "critical", "alert",   "emerg",   "emergency", "panic", "log",   "dpanic"});

/// Words that mean a level even where nothing but a blank follows.
constexpr auto bare_words =
    std::to_array<std::string_view>({"trace", "debug", "info", "warn", "warning", "error", "fatal",
                                     "critical", "severe", "notice", "wrn", "inf", "dbg", "err"});

template <class Words>
bool is_one_of(const Words& words, std::string_view text) {
  return std::any_of(words.begin(), words.end(), [&](std::string_view word) {
    return word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                    [](char a, char b) { return a == to_lower(b); });
  });
}

bool all_upper(std::string_view text) {
  return std::all_of(text.begin(), text.end(), is_upper);
}

/// Understands `I`, `W`, ... as mongod, logcat and glog write them.
std::optional<level> letter_level(std::string_view text) {
  constexpr std::string_view letters = "TVDIWEF";
  if (text.size() != 1 || letters.find(text[0]) == std::string_view::npos)
    return std::nullopt;
  return text[0] == 'T' || text[0] == 'V' ? level::trace : parse_level(text);
}

std::optional<level> word_level(std::string_view text) {
  return is_one_of(level_words, text) ? parse_level(text) : std::nullopt;
}

std::optional<level> bracket_level(std::string_view content) {
  while (!content.empty() && is_blank(content.back())) content.remove_suffix(1);
  while (!content.empty() && is_blank(content.front())) content.remove_prefix(1);
  if (const auto found = word_level(content))
    return found;
  if (const auto found = letter_level(content))
    return found;
  // Apache 2.4 writes [core:error], Serilog [12:34:56 ERR].
  const std::size_t last = content.find_last_of(": ");
  if (last == std::string_view::npos)
    return std::nullopt;
  const std::string_view word = content.substr(last + 1);
  return content[last] == ':' || all_upper(word) ? word_level(word) : std::nullopt;
}

/// Returns the end of the group that opens at the front of `text`, or npos when it does not close on this
/// line.
std::size_t group_end(std::string_view text) {
  const char open = text[0];
  const char close = open == '[' ? ']' : open == '(' ? ')' : '>';
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == open)
      ++depth;
    else if (text[i] == close && --depth == 0)
      return i;
  return std::string_view::npos;
}

bool is_tag(const head_token& token) {
  return !token.bracketed && token.text.ends_with(':');
}

/// Counters, process ids, times of day and groups stand between the time and the level in many formats.
bool is_neutral(const head_token& token) {
  return token.bracketed || std::none_of(token.text.begin(), token.text.end(), is_letter);
}

bool is_prose(const head_token& token) {
  return !token.bracketed && std::all_of(token.text.begin(), token.text.end(), is_letter) &&
         std::any_of(token.text.begin(), token.text.end(), is_lower);
}

}  // namespace

head_token take_head_token(std::string_view& text) {
  const auto separates = [&] {
    const char c = text.front();
    return is_blank(c) || c == '|' || c == ']' || c == ',' ||
           (c == '-' && (text.size() == 1 || is_blank(text[1]))) ||
           (c == ':' && (text.size() == 1 || is_blank(text[1])));
  };
  while (!text.empty() && separates()) text.remove_prefix(1);
  if (text.empty())
    return {};
  head_token token;
  if (text[0] == '[' || text[0] == '(' || text[0] == '<')
    if (const std::size_t end = group_end(text); end != std::string_view::npos) {
      token.text = text.substr(1, end - 1);
      token.bracketed = true;
      text.remove_prefix(end + 1);
      return token;
    }
  const std::size_t size = std::min(text.find_first_of(" \t|"), text.size());
  token.text = text.substr(0, size);
  text.remove_prefix(size);
  const std::size_t next = std::min(text.find_first_not_of(" \t"), text.size());
  token.piped = text.substr(next).starts_with('|');
  return token;
}

std::optional<level> token_level(const head_token& token) {
  if (token.bracketed)
    return bracket_level(token.text);
  std::string_view word = token.text;
  if (word.ends_with(',') || word.ends_with(']'))
    word.remove_suffix(1);
  if (word.ends_with(':')) {
    word.remove_suffix(1);
    if (const auto found = word_level(word))
      return found;
    // Monolog writes the channel before the level: app.ERROR:
    const std::string_view last = word.substr(word.rfind('.') + 1);
    return all_upper(last) ? word_level(last) : std::nullopt;
  }
  // Python's logging writes WARNING:root:message without a blank.
  if (const std::size_t colon = word.find(':');
      colon != std::string_view::npos && all_upper(word.substr(0, colon)))
    return word_level(word.substr(0, colon));
  return all_upper(word) && is_one_of(bare_words, word) ? parse_level(word) : std::nullopt;
}

std::optional<level> read_head_level(std::string_view rest, bool after_time) {
  constexpr int pieces = 6;
  bool only_neutral = true;
  bool after_prose = false;
  for (int i = 0; i < pieces; ++i) {
    const head_token token = take_head_token(rest);
    if (token.text.empty())
      return std::nullopt;
    if (const auto found = token_level(token))
      return found;
    if (after_time && only_neutral && !token.bracketed) {
      if (const auto letter = letter_level(token.text))
        return letter;
      if (i == 0 && is_one_of(bare_words, token.text))
        return parse_level(token.text);
    }
    if (is_neutral(token))
      continue;
    only_neutral = false;
    if (!after_time)
      return std::nullopt;
    if (is_tag(token)) {
      // The message begins behind the tag of the program: a level can only be its first piece.
      const head_token first = take_head_token(rest);
      return first.text.empty() ? std::nullopt : token_level(first);
    }
    if (is_prose(token) && after_prose)
      return std::nullopt;
    after_prose = is_prose(token);
  }
  return std::nullopt;
}

std::optional<level> read_level_key(std::string_view line) {
  constexpr auto keys = std::to_array<std::string_view>({"level=", "lvl=", "severity="});
  constexpr std::size_t head = 1024;
  line = line.substr(0, head);
  for (const std::string_view key : keys)
    for (std::size_t at = line.find(key); at != std::string_view::npos; at = line.find(key, at + 1)) {
      std::string_view before = line.substr(0, at);
      if (before.ends_with("log") || before.ends_with("log.") || before.ends_with("log_"))
        before = before.substr(0, before.rfind("log"));
      if (!before.empty() && (is_letter(before.back()) || is_digit(before.back()) || before.back() == '_'))
        continue;
      std::string_view value = line.substr(at + key.size());
      if (value.starts_with('"') || value.starts_with('\''))
        value.remove_prefix(1);
      const auto end = std::find_if_not(value.begin(), value.end(), is_letter);
      value = value.substr(0, static_cast<std::size_t>(end - value.begin()));
      if (const auto found = word_level(value))
        return found;
      if (const auto found = letter_level(value))
        return found;
    }
  return std::nullopt;
}

}  // namespace logstream
