// SPDX-License-Identifier: MIT
// Words and their hashes.
#include "engine/store/word.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;
using namespace std::string_literals;

namespace {

std::vector<std::string> words(std::string_view text) {
  std::vector<std::string> found;
  for_each_word(text, [&](std::string_view word) { found.emplace_back(word); });
  return found;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

}  // namespace

TEST_CASE("words are runs of letters, digits, underscores and bytes beyond ASCII") {
  CHECK(words("user_id=42, café!") == std::vector<std::string>{"user_id", "42", "café"});
  CHECK(words("a") == std::vector<std::string>{"a"});
  CHECK(words("@[`{/:\x7f"s + '\0').empty());
  CHECK(words("").empty());
  CHECK(words({}).empty());
}

TEST_CASE("the hash of a text of any length is blind to the case of ASCII letters and to nothing else") {
  std::string text;
  for (std::size_t size = 0; size < 300; ++size) {
    std::set<std::uint64_t> hashes{word_hash(text)};
    for (std::size_t at = size > 20 ? size - 20 : 0; at < size; ++at)
      for (unsigned bit = 0; bit < 8; ++bit) {
        std::string other = text;
        other[at] = static_cast<char>(other[at] ^ 1u << bit);
        INFO(size << " bytes, bit " << bit << " of byte " << at);
        if (lower(other[at]) == lower(text[at]))
          CHECK(word_hash(other) == word_hash(text));
        else
          CHECK(hashes.insert(word_hash(other)).second);
      }
    text.push_back(static_cast<char>(size * 7));
  }
}

TEST_CASE("zeros at the end of a text change its hash") {
  std::set<std::uint64_t> hashes;
  std::string text = "abc";
  for (; text.size() < 40; text += '\0') CHECK(hashes.insert(word_hash(text)).second);
}

TEST_CASE("the hash of a word does not depend on what stands behind it") {
  random_source random{seed_or(3)};
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (std::uint32_t left = random.below(40); left > 0; --left)
      text.push_back(static_cast<char>(random.below(256)));
    const std::string_view word{text.data(), random.below(static_cast<std::uint32_t>(text.size()) + 1)};
    INFO(describe_seed(seed_or(3)));
    REQUIRE(word_hash(word, text.data() + text.size()) == word_hash(std::string{word}));
  }
}

TEST_CASE("hashes are those that files of earlier versions were written with") {
  CHECK(word_hash("") == 0u);
  CHECK(word_hash("Deadlock") == 0x1fe411301dd58e6fu);
  CHECK(word_hash("a text that is longer than one step") == 0x04274093d840a022u);
}
