// SPDX-License-Identifier: MIT
// Filters against the sets they were made of.
#include "engine/store/token_filter.hpp"

#include "engine/base/checksum.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string filter_of(const std::vector<std::string>& texts) {
  text_buffer buffer;
  for (const auto& each : texts) buffer.push(each);
  token_filter_builder builder;
  builder.add(buffer.view());
  std::string filter;
  builder.finish(filter);
  return filter;
}

std::vector<std::string> numbered(std::string_view name, std::uint32_t count) {
  std::vector<std::string> made;
  for (std::uint32_t i = 0; i < count; ++i) made.push_back(std::string{name} + std::to_string(i));
  return made;
}

double share_found(const std::string& filter, const std::vector<std::string>& words) {
  const auto found = std::count_if(words.begin(), words.end(),
                                   [&](const auto& each) { return may_contain(filter, word_hash(each)); });
  return static_cast<double>(found) / static_cast<double>(words.size());
}

}  // namespace

TEST_CASE("a filter has every word in any case and every text as a whole") {
  const std::uint64_t seed = seed_or(7);
  INFO(describe_seed(seed));
  random_source random{seed};
  token_filter_builder builder;
  for (int round = 0; round < 200; ++round) {
    text_buffer texts;
    for (std::uint32_t left = random.below(one_in(random, 10) ? 3000 : 60); left > 0; --left)
      texts.push(random_text(random, 80));
    builder.add(texts.view());
    std::string filter;
    builder.finish(filter);
    for (std::uint32_t i = 0; i < texts.view().size(); ++i) {
      REQUIRE(may_contain(filter, word_hash(texts.view()[i])));
      for_each_word(texts.view()[i], [&](std::string_view word) {
        std::string upper{word};
        for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        REQUIRE(may_contain(filter, word_hash(upper)));
      });
    }
  }
}

TEST_CASE("a filter of any number of words is found wrong once in 256 times at most, in nine bits a word") {
  for (const std::uint32_t count : {1u, 5u, 31u, 32u, 33u, 60u, 100u, 300u, 1000u, 10'000u, 50'000u}) {
    INFO(count);
    const std::string filter = filter_of(numbered("word", count));
    CHECK(share_found(filter, numbered("word", count)) == 1);
    CHECK(share_found(filter, numbered("absent", 100'000)) < 1.2 / 256);
    if (count >= 300)
      CHECK(8.0 * static_cast<double>(filter.size()) / count < 9.3);
    else
      CHECK(filter.size() < 65 + count);
  }
}

TEST_CASE("the same set of words gives the same bytes") {
  for (const std::uint32_t count : {20u, 500u, 20'000u}) {
    auto texts = numbered("word", count);
    const std::string filter = filter_of(texts);
    std::reverse(texts.begin(), texts.end());
    // Again and again, beyond what is remembered of recent words.
    const auto once = texts;
    texts.insert(texts.end(), once.rbegin(), once.rend());
    texts.insert(texts.end(), once.begin(), once.end());
    CHECK(filter_of(texts) == filter);
  }
}

TEST_CASE("a filter of words does not have texts of several words as a whole") {
  text_buffer texts;
  texts.push("one two");
  token_filter_builder builder;
  builder.add_words(texts.view());
  std::string filter;
  builder.finish(filter);
  CHECK(may_contain(filter, word_hash("two")));
  CHECK_FALSE(may_contain(filter, word_hash("one two")));
}

TEST_CASE("what was added before a filter was finished is not in the next one, and nothing is overwritten") {
  text_buffer texts;
  texts.push("word");
  token_filter_builder builder;
  builder.add(texts.view());
  std::string filter;
  builder.finish(filter);
  const std::size_t first = filter.size();
  builder.finish(filter);
  CHECK(filter.substr(0, first) == filter_of({"word"}));
  CHECK(may_contain(filter.substr(0, first), word_hash("word")));
  CHECK_FALSE(may_contain(filter.substr(first), word_hash("word")));
  builder.add(texts.view());
  std::string third;
  builder.finish(third);
  CHECK(third == filter.substr(0, first));
}

TEST_CASE("the filter of no text has no word, not even an empty text; that of an empty text has it") {
  CHECK_FALSE(may_contain(filter_of({}), word_hash("")));
  CHECK(may_contain(filter_of({""}), word_hash("")));
}

TEST_CASE("a filter that is empty or broken excludes no word") {
  const std::string list = filter_of({"few", "words"});
  const std::string ribbon = filter_of(numbered("word", 1000));
  std::vector<std::string> broken{"",
                                  list + "x",
                                  ribbon.substr(0, 64),
                                  std::string(200, '\x09'),
                                  std::string(200, '\xff'),
                                  std::string(65, '\0'),
                                  "\x01",
                                  "\x08"};
  for (const std::string& each : broken)
    for (const char* const word : {"few", "absent", ""}) CHECK(may_contain(each, word_hash(word)));
}

TEST_CASE("filters of any bytes can be asked") {
  random_source random{seed_or(9)};
  for (int i = 0; i < 20'000; ++i) {
    std::vector<char> bytes(random.below(150));
    for (char& each : bytes) each = static_cast<char>(random.below(one_in(random, 4) ? 10 : 256));
    may_contain({bytes.data(), bytes.size()}, random.next());
  }
}

TEST_CASE("filters are what earlier versions wrote") {
  // What these hold was confirmed by a reader written from docs/formats/filter.md alone.
  CHECK(filter_of({"one two"}) == std::string{"\x00\xce\x2f\xf6\x35\x49\x3a", 7});
  CHECK(checksum(filter_of(numbered("word", 1000))) == 0xe76ad1d0d05375a6u);
}
