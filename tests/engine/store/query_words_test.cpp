// SPDX-License-Identifier: MIT
// Pruning by words against looking at every text.
#include "engine/store/query_words.hpp"

#include "engine/store/token_filter.hpp"
#include "tests/engine/support/row_model.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::vector<std::uint64_t> hashes(const std::vector<std::string>& words) {
  std::vector<std::uint64_t> made;
  for (const auto& each : words) made.push_back(word_hash(each));
  std::sort(made.begin(), made.end());
  return made;
}

std::string draw(random_source& random, std::uint32_t most) {
  std::string text;
  for (std::uint32_t left = random.below(most + 1); left > 0; --left)
    text += pick(random, std::string_view{"aB_1 .=\xc3\xe9"});
  return text;
}

std::string filter_of(const text_buffer& texts, bool whole) {
  token_filter_builder builder;
  whole ? builder.add(texts.view()) : builder.add_words(texts.view());
  std::string filter;
  builder.finish(filter);
  return filter;
}

}  // namespace

TEST_CASE("only words with an end on both sides inside the needle are certain") {
  CHECK(words_of_needle("GET /api/orders") == hashes({"api"}));
  CHECK(words_of_needle(" connection refused: ") == hashes({"connection", "refused"}));
  CHECK(words_of_needle("deadlock").empty());
  CHECK(words_of_needle("a b").empty());
  CHECK(words_of_needle(".a.A.").size() == 1);
  CHECK(words_of_needle("").empty());
  CHECK(words_of_needle("...").empty());
}

TEST_CASE("all words of a value are certain, and the value as a whole") {
  CHECK(words_of_text("GET /api") == hashes({"get", "api"}));
  CHECK(words_of_value("GET /api") == hashes({"get", "api", "get /api"}));
  CHECK(words_of_value("word") == hashes({"word"}));
  CHECK(words_of_text("").empty());
  CHECK(words_of_value("") == hashes({""}));
}

TEST_CASE("no block with a text that is looked for is pruned, and many others are") {
  const std::uint64_t seed = seed_or(21);
  INFO(describe_seed(seed));
  random_source random{seed};
  int pruned = 0;
  int held = 0;
  for (int round = 0; round < 20'000; ++round) {
    text_buffer texts;
    for (std::uint32_t left = 1 + random.below(6); left > 0; --left) texts.push(draw(random, 12));
    const std::string words = filter_of(texts, false);
    const std::string values = filter_of(texts, true);
    const std::string needle = draw(random, 6);
    const bool found = may_contain_all(words, words_of_needle(needle));
    for (std::uint32_t i = 0; i < texts.view().size(); ++i) {
      const std::string_view text = texts.view()[i];
      INFO('\'' << needle << "' in '" << text << '\'');
      const bool contains = naive_contains(text, needle, false);
      held += contains ? 1 : 0;
      REQUIRE((found || !contains));
      REQUIRE(may_contain_all(words, words_of_text(text)));
      REQUIRE(may_contain_all(values, words_of_value(text)));
    }
    pruned += found ? 0 : 1;
  }
  CHECK(held > 1000);
  CHECK(pruned > 1000);
}
