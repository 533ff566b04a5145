// SPDX-License-Identifier: MIT
// Substrings against a naive search.
#include "engine/query/text_search.hpp"

#include "tests/engine/support/row_model.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string draw(random_source& random, std::string_view alphabet, std::uint32_t most) {
  std::string text;
  for (std::uint32_t left = random.below(most + 1); left > 0; --left) text += pick(random, alphabet);
  return text;
}

}  // namespace

TEST_CASE("a needle is found exactly where a naive search finds it, in its own case and in any") {
  const std::uint64_t seed = seed_or(18);
  INFO(describe_seed(seed));
  random_source random{seed};
  int found = 0;
  for (int i = 0; i < 100'000; ++i) {
    // Few letters, so that needles are often found and often almost found.
    const std::string_view alphabet = one_in(random, 2) ? "aAbB" : "eExX:_@`[{\xc3\xe9\x80";
    const std::string needle = draw(random, alphabet, 5);
    const std::string text = draw(random, alphabet, 20);
    for (const bool case_sensitive : {false, true}) {
      INFO('\'' << needle << "' in '" << text << '\'');
      const bool expected = naive_contains(text, needle, case_sensitive);
      REQUIRE(text_search{needle, case_sensitive}.found_in(text) == expected);
      found += expected ? 1 : 0;
    }
  }
  CHECK(found > 20'000);
}

TEST_CASE("an empty needle is found in every text") {
  CHECK(text_search{"", false}.empty());
  CHECK(text_search{"", false}.found_in(""));
  CHECK(text_search{"", true}.found_in("text"));
  CHECK_FALSE(text_search{"x", true}.empty());
}

TEST_CASE("a needle is found at both ends of a text and not beyond them") {
  for (const bool case_sensitive : {false, true}) {
    CHECK(text_search{"start", case_sensitive}.found_in("start of it"));
    CHECK(text_search{"end", case_sensitive}.found_in("the end"));
    CHECK(text_search{"whole", case_sensitive}.found_in("whole"));
    CHECK_FALSE(text_search{"longer", case_sensitive}.found_in("long"));
    CHECK_FALSE(text_search{"x", case_sensitive}.found_in(""));
    CHECK_FALSE(text_search{"end", case_sensitive}.found_in(std::string_view{"the end", 6}));
  }
}

TEST_CASE("in any case means ASCII letters and nothing beside them") {
  CHECK(text_search{"DeadLock", false}.found_in("deadlock detected"));
  CHECK_FALSE(text_search{"DeadLock", true}.found_in("deadlock detected"));
  CHECK_FALSE(text_search{"[", false}.found_in("{"));
  CHECK_FALSE(text_search{"@", false}.found_in("`"));
  CHECK_FALSE(text_search{"\xc3\x84", false}.found_in("\xc3\xa4"));
}

TEST_CASE("a byte of zero is like any other") {
  using namespace std::string_literals;
  for (const bool case_sensitive : {false, true}) {
    CHECK(text_search{"a\0b"s, case_sensitive}.found_in("xa\0by"s));
    CHECK_FALSE(text_search{"a\0b"s, case_sensitive}.found_in("xa\0cy"s));
  }
}
