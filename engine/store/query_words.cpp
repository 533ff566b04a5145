// SPDX-License-Identifier: MIT
// Only words that end inside the needle are certain.
#include "engine/store/query_words.hpp"

#include "engine/store/token_filter.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

namespace {

std::vector<std::uint64_t> distinct(std::vector<std::uint64_t> hashes) {
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

}  // namespace

std::vector<std::uint64_t> words_of_needle(std::string_view needle) {
  std::vector<std::uint64_t> hashes;
  for_each_word(needle, [&](std::string_view word) {
    if (word.data() != needle.data() && word.data() + word.size() != needle.data() + needle.size())
      hashes.push_back(word_hash(word));
  });
  return distinct(std::move(hashes));
}

std::vector<std::uint64_t> words_of_text(std::string_view text) {
  std::vector<std::uint64_t> hashes;
  for_each_word(text, [&](std::string_view word) { hashes.push_back(word_hash(word)); });
  return distinct(std::move(hashes));
}

std::vector<std::uint64_t> words_of_value(std::string_view text) {
  auto hashes = words_of_text(text);
  hashes.push_back(word_hash(text));
  return distinct(std::move(hashes));
}

bool may_contain_all(std::string_view filter, std::span<const std::uint64_t> hashes) {
  return std::all_of(hashes.begin(), hashes.end(),
                     [&](std::uint64_t hash) { return may_contain(filter, hash); });
}

}  // namespace logstream
