// SPDX-License-Identifier: MIT
// What a word is, and the number that filters keep of one.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace logstream {

namespace detail {

inline constexpr auto word_bytes = [] {
  std::array<bool, 256> made{};
  for (unsigned c = 0; c < made.size(); ++c)
    made[c] = (c >= '0' && c <= '9') || ((c | 0x20u) >= 'a' && (c | 0x20u) <= 'z') || c == '_' || c > 0x7f;
  return made;
}();

}  // namespace detail

/// True for what words are made of: ASCII letters, digits, '_' and bytes above 0x7f.
inline bool in_word(char c) {
  return detail::word_bytes[static_cast<unsigned char>(c)];
}

/// Calls f(word) for each word of `text`: the longest runs of bytes that are in_word().
template <class F>
void for_each_word(std::string_view text, F&& f) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    if (!in_word(*at)) {
      ++at;
      continue;
    }
    const char* const begin = at;
    do ++at;
    while (at != end && in_word(*at));
    f(std::string_view{begin, static_cast<std::size_t>(at - begin)});
  }
}

/// What a filter keeps of a word or of a text as a whole: equal for those that differ in the case of ASCII
/// letters only, and the same on every machine for ever: it is kept on disk. Not for secrets: who wants to
/// can make words whose hashes are equal. See docs/formats/filter.md.
std::uint64_t word_hash(std::string_view word);

/// The same, faster for short words: the bytes up to `readable_end` may be read, though they do not count.
/// REQUIRES: readable_end is not before the end of `word`.
std::uint64_t word_hash(std::string_view word, const char* readable_end);

/// One to one, and each bit of the result depends on all of `value`.
constexpr std::uint64_t scramble(std::uint64_t value) {
  value = (value ^ value >> 32) * 0xbf58476d1ce4e5b9u;
  value = (value ^ value >> 29) * 0x94d049bb133111ebu;
  return value ^ value >> 32;
}

}  // namespace logstream
