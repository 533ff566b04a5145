// SPDX-License-Identifier: MIT
// JSON tokens, strings and the cutting of texts into values, against nlohmann/json.
#include "engine/wire/json_text.hpp"

#include "engine/base/utf8.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/wire/json_model.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;
using nlohmann::json;

namespace {

std::string json_string(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> values;
  json_splitter splitter{text};
  for (std::string_view each = splitter.next(); !each.empty(); each = splitter.next())
    values.emplace_back(each);
  return values;
}

}  // namespace

TEST_CASE("a token is a number exactly where a JSON parser takes it for one") {
  const std::uint64_t seed = seed_or(14);
  INFO(describe_seed(seed));
  random_source random{seed};
  constexpr std::string_view alphabet = "--++..00123456789eE x";
  int numbers = 0;
  for (int i = 0; i < 100'000; ++i) {
    std::string token;
    for (std::uint32_t left = random.below(7); left > 0; --left) token += pick(random, alphabet);
    // White space around a value is the caller's to trim, and an exponent of three digits is beyond a double.
    const bool spaced = token.find(' ') != std::string::npos;
    const std::size_t exponent = token.find_first_of("eE");
    if (exponent != std::string::npos && token.size() - exponent > 3)
      continue;
    INFO(token);
    REQUIRE(is_json_number(token) == (!spaced && json::accept(token)));
    numbers += is_json_number(token) ? 1 : 0;
  }
  CHECK(numbers > 1000);
}

TEST_CASE("numbers beyond any machine type are numbers") {
  CHECK(is_json_number("1e999"));
  CHECK(is_json_number("-123456789012345678901234567890.123456789012345678901234567890E-12345"));
}

TEST_CASE("scalars are numbers, true, false and null, spelled so") {
  for (const char* good : {"0", "-1.5e3", "true", "false", "null"}) CHECK(is_json_scalar(good));
  for (const char* bad :
       {"", "True", "nul", "nullx", "NaN", "Infinity", "-", "\"a\"", "[]", "{}", "truefalse"})
    CHECK_FALSE(is_json_scalar(bad));
}

TEST_CASE("a token is trimmed of the white space of JSON and of nothing else") {
  CHECK(trim_token("1 \t\r\n") == "1");
  CHECK(trim_token(" 1") == " 1");
  CHECK(trim_token("1\x01") == "1\x01");
  CHECK(trim_token("1\v") == "1\v");
  CHECK(trim_token(" \n").empty());
}

TEST_CASE("a string's text ends at the first quote that is not escaped") {
  CHECK(raw_string_token("abc\": 1") == "abc\"");
  CHECK(raw_string_token("\"rest") == "\"");
  CHECK(raw_string_token("a\\\"b\\\\\" \"") == "a\\\"b\\\\\"");
}

TEST_CASE("any text written as a JSON string is read back, with what is not UTF-8 replaced") {
  const std::uint64_t seed = seed_or(15);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 20'000; ++i) {
    std::string text = random_text(random, 12);
    if (one_in(random, 2))
      for (std::uint32_t left = random.below(6); left > 0; --left)
        text += static_cast<char>(random.below(256));
    std::string expected;
    append_valid_utf8(expected, text);
    REQUIRE(json::parse(json_string(text)).get<std::string>() == expected);
  }
}

TEST_CASE("every control character is escaped, and nothing else but quotes and backslashes") {
  for (int c = 0; c < 0x80; ++c) {
    const std::string text(1, static_cast<char>(c));
    const bool escaped = c < 0x20 || c == '"' || c == '\\';
    CHECK((json_string(text).size() > 3) == escaped);
  }
  CHECK(json_string("a\tb\x01") == R"("a\tb\u0001")");
}

TEST_CASE("values are cut off a text one after the other") {
  CHECK(split(R"({"a":1} {"b":"}"},[1,[2]] "x,\"y" 17 true)") ==
        std::vector<std::string>{R"({"a":1})", R"({"b":"}"})", "[1,[2]]", R"("x,\"y")", "17", "true"});
  CHECK(split(" ,\n, ").empty());
  CHECK(split("").empty());
}

TEST_CASE("cutting stops in front of a bracket that nothing opened") {
  json_splitter splitter{"1, 2] 3"};
  CHECK(splitter.next() == "1");
  CHECK(splitter.next() == "2");
  CHECK(splitter.next().empty());
  CHECK(splitter.rest() == "] 3");
  CHECK(splitter.next().empty());
}

TEST_CASE("a value that is not closed reaches to the end") {
  CHECK(split(R"({"a":1} {"b":[1,2)") == std::vector<std::string>{R"({"a":1})", R"({"b":[1,2)"});
  CHECK(split(R"("never closed, )") == std::vector<std::string>{R"("never closed, )"});
  CHECK(split(R"("ends with \)") == std::vector<std::string>{R"("ends with \)"});
}

TEST_CASE("random values put one behind the other are cut apart again") {
  const std::uint64_t seed = seed_or(16);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 500; ++round) {
    std::vector<std::string> values;
    std::string text;
    for (std::uint32_t left = random.below(8); left > 0; --left) {
      values.push_back(one_in(random, 4) ? "17" : random_object(random, {.several_lines = true}));
      text += values.back() + (one_in(random, 2) ? "\n" : " , ");
    }
    REQUIRE(split(text) == values);
  }
}

TEST_CASE("cutting damaged text ends, loses no byte and takes none twice") {
  const std::uint64_t seed = seed_or(17);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 5000; ++round) {
    const std::string text = damaged(random, random_object(random, {}) + "," + random_object(random, {}));
    json_splitter splitter{text};
    const char* taken = text.data();
    for (std::string_view each = splitter.next(); !each.empty(); each = splitter.next()) {
      REQUIRE(std::string_view{taken, static_cast<std::size_t>(each.data() - taken)}.find_first_not_of(
                  ", \t\r\n") == std::string_view::npos);
      taken = each.data() + each.size();
    }
    REQUIRE(splitter.rest().data() + splitter.rest().size() == text.data() + text.size());
  }
}
