// SPDX-License-Identifier: MIT
// UTF-8 against its definition: code points encoded one by one.
#include "engine/base/utf8.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <optional>
#include <string>
#include <string_view>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string encode(std::uint32_t point) {
  const auto byte = [](std::uint32_t value) { return static_cast<char>(value); };
  if (point < 0x80)
    return {byte(point)};
  if (point < 0x800)
    return {byte(0xc0 | point >> 6), byte(0x80 | (point & 0x3f))};
  if (point < 0x10000)
    return {byte(0xe0 | point >> 12), byte(0x80 | (point >> 6 & 0x3f)), byte(0x80 | (point & 0x3f))};
  return {byte(0xf0 | point >> 18), byte(0x80 | (point >> 12 & 0x3f)), byte(0x80 | (point >> 6 & 0x3f)),
          byte(0x80 | (point & 0x3f))};
}

std::uint32_t bits(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]) & 0x3fu;
}

// What is at the front of `text`, decoded without regard to rules and encoded again: well-formed is what
// stays equal.
std::size_t naive_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  std::uint32_t point = lead;
  std::size_t size = 1;
  if (lead >= 0xf0 && text.size() >= 4) {
    point = (lead & 7u) << 18 | bits(text, 1) << 12 | bits(text, 2) << 6 | bits(text, 3);
    size = 4;
  } else if (lead >= 0xe0 && text.size() >= 3) {
    point = (lead & 15u) << 12 | bits(text, 1) << 6 | bits(text, 2);
    size = 3;
  } else if (lead >= 0xc0 && text.size() >= 2) {
    point = (lead & 31u) << 6 | bits(text, 1);
    size = 2;
  }
  const bool exists = point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return exists && encode(point) == text.substr(0, size) ? size : 0;
}

std::string naive_valid(std::string_view text) {
  std::string made;
  while (!text.empty()) {
    const std::size_t size = naive_character(text);
    made += size == 0 ? std::string_view{"\xef\xbf\xbd"} : text.substr(0, size);
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return made;
}

std::string valid(std::string_view text) {
  std::string made;
  append_valid_utf8(made, text);
  return made;
}

// Bytes near the borders of the rules.
std::string random_bytes(random_source& random) {
  constexpr std::array<unsigned char, 20> bytes{'a',  '"',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0,
                                                0xc2, 0xdf, 0xe0, 0xe1, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff};
  std::string made;
  for (std::uint32_t left = random.below(12); left > 0; --left)
    made += static_cast<char>(one_in(random, 4) ? random.below(256) : pick(random, bytes));
  return made;
}

}  // namespace

TEST_CASE("every code point passes append_valid_utf8 unchanged, and surrogates do not") {
  for (std::uint32_t point = 0; point <= 0x10ffff; ++point) {
    const std::string text = encode(point);
    const bool surrogate = point >= 0xd800 && point <= 0xdfff;
    if ((valid(text) == text) == surrogate)
      FAIL("code point " << point);
  }
  CHECK(valid(encode(0xd800)) == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
}

TEST_CASE("append_valid_utf8 replaces each byte that belongs to no character and keeps all others") {
  const std::uint64_t seed = seed_or(4);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 50'000; ++i) {
    const std::string text = random_bytes(random);
    REQUIRE(valid(text) == naive_valid(text));
    REQUIRE(valid(valid(text)) == valid(text));
  }
}

TEST_CASE("append_valid_utf8 appends to what is there") {
  std::string out = "before ";
  append_valid_utf8(out, "a\xffz");
  CHECK(out == "before a\xef\xbf\xbdz");
}

TEST_CASE("utf8_prefix is the longest prefix within the limit that ends at a character's end") {
  const std::uint64_t seed = seed_or(5);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 20'000; ++i) {
    const std::string text = valid(random_bytes(random));
    for (std::size_t limit = 0; limit <= text.size() + 2; ++limit) {
      std::size_t expected = 0;
      while (expected < text.size() &&
             expected + naive_character(std::string_view{text}.substr(expected)) <= limit)
        expected += naive_character(std::string_view{text}.substr(expected));
      REQUIRE(utf8_prefix(text, limit) == expected);
    }
  }
}

TEST_CASE("utf8_prefix stays within its limit where the text is not UTF-8") {
  const std::string text(10, '\x80');
  for (std::size_t limit = 0; limit <= 12; ++limit)
    CHECK(utf8_prefix(text, limit) <= std::min(limit, text.size()));
}
