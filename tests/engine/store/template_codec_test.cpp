// SPDX-License-Identifier: MIT
// Messages come back to the byte, broken blocks are refused, and a search misses no row.
#include "engine/store/template_codec.hpp"

#include "engine/base/bytes.hpp"
#include "engine/store/templates/decoder.hpp"
#include "engine/store/templates/encoder.hpp"
#include "engine/store/templates/search.hpp"
#include "engine/store/text_codec.hpp"
#include "tests/engine/store/templates/random_messages.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

text_buffer buffer_of(const std::vector<std::string>& messages) {
  text_buffer all;
  for (const std::string& each : messages) all.push(each);
  return all;
}

void check_same(const text_buffer& got, const text_buffer& messages) {
  REQUIRE(got.ends == messages.ends);
  REQUIRE(got.bytes == messages.bytes);
}

// In the form that encode_messages chooses, and as templates even where they do not pay.
void check_round_trip(const text_buffer& messages) {
  const std::uint32_t count = messages.view().size();
  std::string encoded;
  encode_messages(messages.view(), encoded);
  INFO("first: \"" << messages.view()[0].substr(0, 100) << "\", as " << int{encoded.front()});
  text_buffer got;
  REQUIRE(decode_texts(encoded, count, messages.bytes.size(), got));
  check_same(got, messages);

  encoded.clear();
  encode_as_templates(messages.view(), encoded);
  got.clear();
  REQUIRE(decode_from_templates(encoded, count, messages.bytes.size(), got));
  check_same(got, messages);
}

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

bool contains(std::string_view text, std::string_view needle, bool any_case) {
  const auto same = [&](char a, char b) { return any_case ? folded(a) == folded(b) : a == b; };
  return std::search(text.begin(), text.end(), needle.begin(), needle.end(), same) != text.end() ||
         needle.empty();
}

void check_search(const text_buffer& messages, const std::string& encoded, std::string_view needle,
                  bool any_case) {
  const text_list all = messages.view();
  const std::vector<bool> rows = search_templates(encoded, all.size(), needle, any_case);
  REQUIRE(rows.size() == all.size());
  for (std::uint32_t row = 0; row < all.size(); ++row)
    if (contains(all[row], needle, any_case)) {
      INFO("\"" << needle << "\" in \"" << all[row] << "\"");
      REQUIRE(rows[row]);
    }
}

std::string swapped_case(std::string text) {
  for (char& each : text)
    if ((each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z'))
      each = static_cast<char>(each ^ 0x20);
  return text;
}

text_buffer repeated(std::uint32_t count, std::string (*message)(std::uint32_t)) {
  text_buffer all;
  for (std::uint32_t i = 0; i < count; ++i) all.push(message(i));
  return all;
}

std::string hit(std::uint32_t i) {
  return (i % 2 == 0 ? "cache hit for user " : "cache lost user ") + std::to_string(i * 7919 % 100003) +
         " in shard " + std::to_string(i % 3);
}

std::string job(std::uint32_t i) {
  static const std::vector<std::string> tables{"orders", "order_items", "users", "payments"};
  return "removed " + std::to_string(i * 31 % 977) + " rows of table " + tables[i * 5 % 7 % 4] + " at last";
}

std::vector<bool> rows_with(const text_buffer& messages, std::string_view needle, bool any_case = false) {
  std::string encoded;
  encode_as_templates(messages.view(), encoded);
  return search_templates(encoded, messages.view().size(), needle, any_case);
}

std::vector<bool> rows_that_contain(const text_buffer& messages, std::string_view needle) {
  std::vector<bool> rows;
  for (std::uint32_t i = 0; i < messages.view().size(); ++i)
    rows.push_back(contains(messages.view()[i], needle, false));
  return rows;
}

}  // namespace

TEST_CASE("messages of random programs come back to the byte") {
  const std::uint64_t seed = seed_or(31);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 150; ++round) {
    INFO("round " << round);
    check_round_trip(random_messages(random, 1 + random.below(600)));
  }
}

TEST_CASE("messages that look like anything but a log come back to the byte") {
  using namespace std::string_literals;
  check_round_trip(buffer_of({""}));
  check_round_trip(buffer_of({"", "", "", ""}));
  check_round_trip(buffer_of({"one"}));
  check_round_trip(buffer_of({"\0"s, "a\0b"s, "\0\0 7 \0"s, "a\0b"s, "a\0c"s, "a\0b"s}));
  check_round_trip(buffer_of({"\xff\xfe 1", "\xff\xfe 2", "\xc3 3", "\x80\x80\x80", "\xff\xfe 3"}));
  check_round_trip(buffer_of({"007 0 00 000", "7 1 01 010", "070 5 99 999", "1 0 00 000"}));
  check_round_trip(buffer_of({std::string(18, '9'), std::string(19, '9'), std::string(18, '0'), "9", "0"}));
  check_round_trip(buffer_of({"a " + std::string(18, '9'), "a 0", "a " + std::string(18, '9'), "a 0"}));
  check_round_trip(buffer_of({"{0} %s <*> \x09\x01", "{1} %s <*> \x09\x01", "{2} %s <*> \x09\x02"}));
  check_round_trip(buffer_of({"x0123456789abcdef", "0123456789ABCDEF", "0123456789abcdeF", "deadbeef",
                              "2026-11-25T01:05:54.003606856Z", "10.0.0.1:80", "-5", "1e9", "0x1f"}));
}

TEST_CASE("identifiers of every shape come back to the byte") {
  check_round_trip(repeated(500, [](std::uint32_t i) {
    const std::string eight = std::to_string(10000000 + i * 7919);
    const std::string four = std::to_string(1000 + i % 9000);
    std::string id = eight + "-" + four + "-4" + "abc" + "-" + four + "-" + eight + "abcd";
    if (i % 5 == 0)
      std::transform(id.begin(), id.end(), id.begin(),
                     [](char c) { return c >= 'a' ? static_cast<char>(c & ~0x20) : c; });
    if (i % 7 == 0)
      id.pop_back();
    return "request " + id + (i % 11 == 0 ? "x" : "") + " hash " + eight + "beef" + (i % 3 == 0 ? "a" : "");
  }));
}

TEST_CASE("very long messages and messages of very many words come back to the byte") {
  std::string words;
  for (int i = 0; i < 20000; ++i) words += "word" + std::to_string(i) + ' ';
  const std::string blob(300000, 'x');
  check_round_trip(
      buffer_of({words, blob, words, "short 1", "short 2", "short 3", blob + "1", blob + "2", blob + "3"}));
}

TEST_CASE("a block of one template takes fewer bytes than its variables have digits") {
  const text_buffer messages = repeated(4000, hit);
  std::string encoded;
  encode_messages(messages.view(), encoded);
  REQUIRE(static_cast<text_encoding>(encoded.front()) == text_encoding::templates);
  // 17 bits of the user, 2 of the shard, 1 of the template.
  REQUIRE(encoded.size() < 4000 * 20 / 8 + 200);
}

TEST_CASE("messages that are no templates are kept as encode_texts keeps them") {
  const text_buffer messages = buffer_of({"alpha", "beta", "gamma"});
  std::string encoded;
  encode_messages(messages.view(), encoded);
  std::string plain;
  encode_texts(messages.view(), plain);
  REQUIRE(encoded == plain);
}

TEST_CASE("a block with more bytes than allowed is refused") {
  const text_buffer messages = repeated(100, hit);
  std::string encoded;
  encode_messages(messages.view(), encoded);
  text_buffer got;
  REQUIRE_FALSE(decode_messages(encoded, 100, messages.bytes.size() - 1, got));
  got.clear();
  REQUIRE_FALSE(decode_messages(encoded, 99, messages.bytes.size(), got));
  got.clear();
  REQUIRE_FALSE(decode_messages(encoded + "x", 100, messages.bytes.size(), got));
  got.clear();
  REQUIRE_FALSE(decode_messages("", 100, messages.bytes.size(), got));
  REQUIRE(decode_messages(encoded, 100, messages.bytes.size(), got));
}

TEST_CASE("a column of variables that claims to be templates again is refused") {
  std::string encoded;
  encode_as_templates(buffer_of({"alpha", "beta"}).view(), encoded);
  // No row has a template: one byte behind the size of the rest says how that is encoded.
  const std::size_t size = encoded.size();
  text_buffer got;
  REQUIRE(decode_from_templates(encoded, 2, 1000, got));
  std::string rest;
  encode_texts(buffer_of({"alpha", "beta"}).view(), rest);
  REQUIRE(encoded.substr(size - rest.size()) == rest);
  encoded[size - rest.size()] = static_cast<char>(text_encoding::templates);
  got.clear();
  REQUIRE_FALSE(decode_from_templates(encoded, 2, 1000, got));
}

TEST_CASE("cut and flipped blocks never give more than allowed") {
  const std::uint64_t seed = seed_or(32);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 40; ++round) {
    const text_buffer messages = random_messages(random, 1 + random.below(120));
    const std::uint32_t count = messages.view().size();
    std::string encoded;
    encode_as_templates(messages.view(), encoded);
    for (int change = 0; change < 60; ++change) {
      std::string broken = encoded;
      if (one_in(random, 3))
        broken.resize(random.below(static_cast<std::uint32_t>(broken.size())));
      for (std::uint32_t flips = random.below(4); flips > 0 && !broken.empty(); --flips)
        broken[random.below(static_cast<std::uint32_t>(broken.size()))] ^=
            static_cast<char>(1 << random.below(8));
      text_buffer got;
      if (decode_from_templates(broken, count, messages.bytes.size(), got)) {
        REQUIRE(got.ends.size() == count);
        REQUIRE(got.bytes.size() <= messages.bytes.size());
      }
      const auto rows = search_templates(broken, count, "a1", false);
      REQUIRE((rows.empty() || rows.size() == count));
    }
  }
}

TEST_CASE("a search misses no row, whatever is looked for") {
  const std::uint64_t seed = seed_or(33);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 60; ++round) {
    const text_buffer messages = random_messages(random, 1 + random.below(300));
    std::string encoded;
    encode_as_templates(messages.view(), encoded);
    for (int look = 0; look < 20; ++look) {
      const std::string_view from = messages.view()[random.below(messages.view().size())];
      const std::size_t begin = random.below(static_cast<std::uint32_t>(from.size()) + 1);
      const std::string needle{from.substr(begin, random.below(24))};
      const bool any_case = one_in(random, 2);
      check_search(messages, encoded, any_case && one_in(random, 2) ? swapped_case(needle) : needle,
                   any_case);
    }
  }
}

TEST_CASE("a search finds exactly the rows where templates, numbers and words decide it") {
  const text_buffer hits = repeated(600, hit);
  for (const char* needle :
       {"cache hit", "cache lost", "lost user 7", "user 7919 ", "shard 2", "7", "deadlock", "d 1", "user in"})
    REQUIRE(rows_with(hits, needle) == rows_that_contain(hits, needle));
  const text_buffer jobs = repeated(600, job);
  for (const char* needle :
       {"order_items", "table orders at", "orders at last", "users", "s at", "carts", "31 rows"})
    REQUIRE(rows_with(jobs, needle) == rows_that_contain(jobs, needle));
}

TEST_CASE("a search in any case finds what a search in one case does not") {
  const text_buffer jobs = repeated(600, job);
  REQUIRE(rows_with(jobs, "TABLE Users", true) == rows_that_contain(jobs, "table users"));
  REQUIRE(rows_with(jobs, "TABLE Users") == std::vector<bool>(600));
}

TEST_CASE("nothing is said of messages that are kept as they are") {
  std::string encoded;
  encode_messages(buffer_of({"alpha", "beta", "gamma"}).view(), encoded);
  REQUIRE(rows_that_may_contain(encoded, 3, "alpha", false).empty());
  REQUIRE(rows_that_may_contain("", 3, "alpha", false).empty());
}
