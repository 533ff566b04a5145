// SPDX-License-Identifier: MIT
// The multi-literal search, against a plain one.
#include "engine/match/literal_set.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using hits = std::multiset<std::pair<std::size_t, std::uint32_t>>;

hits found(const std::vector<literal>& literals, std::string_view text) {
  hits made;
  literal_set{literals}.find(text, [&](std::uint32_t literal, std::size_t begin, std::size_t inside) {
    CHECK(inside >= begin);
    CHECK(inside < begin + literals[literal].text.size());
    made.emplace(begin, literal);
  });
  return made;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return text;
}

hits naive(const std::vector<literal>& literals, const std::string& text) {
  hits made;
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    const std::string in = literals[i].any_case ? lower(text) : text;
    const std::string what = literals[i].any_case ? lower(literals[i].text) : literals[i].text;
    for (std::size_t at = in.find(what); at != std::string::npos; at = in.find(what, at + 1))
      made.emplace(at, i);
  }
  return made;
}

}  // namespace

TEST_CASE("a literal is found in any case unless case matters") {
  const std::string text = "Connection REFUSED by peer";
  CHECK(found({{"connection refused", true}}, text) == hits{{0, 0}});
  CHECK(found({{"connection refused", false}}, text).empty());
  CHECK(found({{"REFUSED", false}}, text) == hits{{11, 0}});
}

TEST_CASE("literals of every length are found at every place of a text") {
  for (std::size_t size = 1; size <= 24; ++size)
    for (std::size_t before = 0; before <= 40; ++before) {
      const std::string what = std::string{"kxqvzwjypfbmghudlcrsnaio"}.substr(0, size);
      const std::string text = std::string(before, '.') + what + std::string(size % 5, '.');
      INFO(text);
      CHECK(found({{what, false}}, text) == hits{{before, 0}});
    }
}

TEST_CASE("characters that differ by one bit from letters are not letters") {
  CHECK(found({{"[error]", true}}, "{error}").empty());
  CHECK(found({{"a@b", true}}, "a`b").empty());
  CHECK(found({{"user 1", true}}, std::string{"user\0001", 6}).empty());
}

TEST_CASE("bytes beyond ASCII are compared as they are") {
  CHECK(found({{"größe", true}}, "die GRöße zählt") == hits{{4, 0}});
  CHECK(found({{"größe", true}}, "die GRÖSSE zählt").empty());
}

TEST_CASE("an empty text and an empty set find nothing") {
  CHECK(found({{"a", true}}, "").empty());
  CHECK(found({}, "abc").empty());
  CHECK(literal_set{}.empty());
}

TEST_CASE("random literals are found in random texts exactly where a plain search finds them") {
  std::mt19937 random{7};
  const auto text_of = [&](std::size_t most, std::string_view alphabet) {
    std::string made;
    for (std::size_t left = random() % (most + 1); left > 0; --left)
      made += alphabet[random() % alphabet.size()];
    return made;
  };
  for (int round = 0; round < 2000; ++round) {
    // Few different characters, so that there is much to find.
    const std::string_view alphabet = round % 2 == 0 ? "abAB" : "abcdeXYZ019 -";
    std::vector<literal> literals;
    for (std::size_t left = 1 + random() % 12; left > 0; --left)
      if (std::string text = text_of(round % 3 == 0 ? 4 : 14, alphabet); !text.empty())
        literals.push_back({std::move(text), random() % 2 == 0});
    const std::string text = text_of(200, alphabet);
    INFO(text);
    REQUIRE(found(literals, text) == naive(literals, text));
  }
}

}  // namespace logstream
