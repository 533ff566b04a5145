// SPDX-License-Identifier: MIT
// The JSON decoder against a naive model, on random and on damaged objects.
#include "tests/engine/wire/json_model.hpp"

#include "tests/engine/support/seed.hpp"
#include "tests/engine/wire/decode_body.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

/// What the model expects of a body, collected object by object.
struct expectation {
  std::vector<event> events;
  std::vector<rejection> rejections;

  void add(std::string_view text, std::uint64_t line, const json_limits& limits) {
    const model_outcome outcome = naive_decode(text, body_decoder::now, limits);
    if (outcome.accepted)
      events.push_back(*outcome.accepted);
    else
      rejections.push_back({line, outcome.member, outcome.broken ? "broken" : ""});
  }
};

void check(const decoded_body& found, const expectation& expected) {
  REQUIRE(found.failure.has_value() == (expected.events.empty() && expected.rejections.empty()));
  REQUIRE(found.events == expected.events);
  REQUIRE(found.outcome.accepted == expected.events.size());
  REQUIRE(found.outcome.rejected == expected.rejections.size());
  REQUIRE(found.outcome.rejections.size() == expected.rejections.size());
  for (std::size_t i = 0; i < expected.rejections.size(); ++i) {
    REQUIRE(found.outcome.rejections[i].line == expected.rejections[i].line);
    if (expected.rejections[i].reason != "broken")
      REQUIRE(found.outcome.rejections[i].member == expected.rejections[i].member);
    REQUIRE_FALSE(found.outcome.rejections[i].reason.empty());
  }
}

std::string_view without_controls(std::string_view text) {
  while (!text.empty() && static_cast<unsigned char>(text.front()) <= ' ') text.remove_prefix(1);
  while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
  return text;
}

json_variety random_variety(random_source& random) {
  json_variety how;
  how.names = one_in(random, 10) ? 3000 : 1 + random.below(20);
  how.most_members = 1 + random.below(one_in(random, 20) ? 60 : 10);
  return how;
}

}  // namespace

TEST_CASE(
    "every line of NDJSON becomes the event that the model makes of it, or is rejected as the model says") {
  const std::uint64_t seed = seed_or(10);
  INFO(describe_seed(seed));
  random_source random{seed};
  const json_limits limits{.line_bytes = 40, .fields = 12};
  body_decoder decoder{limits};
  for (int round = 0; round < 400; ++round) {
    const json_variety how = random_variety(random);
    std::string body = one_in(random, 5) ? "\xef\xbb\xbf" : "";
    expectation expected;
    std::uint64_t line = 0;
    for (std::uint32_t left = 1 + random.below(30); left > 0; --left) {
      const std::string text = random_object(random, how);
      expected.add(text, ++line, limits);
      body += (one_in(random, 10) ? "  " : "") + text + (one_in(random, 3) ? "\r\n" : "\n");
      for (; one_in(random, 8); ++line) body += one_in(random, 2) ? "\n" : " \r\n";
    }
    if (one_in(random, 2))
      body.resize(body.find_last_not_of("\r\n ") + 1);
    INFO(body);
    check(decoder.decode(body), expected);
  }
}

TEST_CASE(
    "every element of an array becomes the event that the model makes of it, or is rejected as the model "
    "says") {
  const std::uint64_t seed = seed_or(11);
  INFO(describe_seed(seed));
  random_source random{seed};
  const json_limits limits{.line_bytes = 40, .fields = 12};
  body_decoder decoder{limits};
  const std::vector<std::string> others{
      "1", "null", "\"text, with ] and }\"", "[]", "[{\"a\":1}]", "{}", "truth", "{\"a\":01}"};
  for (int round = 0; round < 400; ++round) {
    json_variety how = random_variety(random);
    how.several_lines = one_in(random, 2);
    std::string body = one_in(random, 5) ? "\xef\xbb\xbf\n [" : "[";
    expectation expected;
    const std::uint64_t size = 1 + random.below(20);
    for (std::uint64_t element = 1; element <= size; ++element) {
      const std::string text = one_in(random, 8) ? pick(random, others) : random_object(random, how);
      expected.add(text, element, limits);
      body += (one_in(random, 4) ? "\n " : "") + text + (one_in(random, 4) ? " \n" : "") +
              (element < size ? "," : "");
    }
    body += one_in(random, 2) ? "]" : " ]\n";
    INFO(body);
    check(decoder.decode(body), expected);
  }
}

TEST_CASE(
    "an object over several lines becomes the event that the model makes of it, or is rejected as the model "
    "says") {
  const std::uint64_t seed = seed_or(12);
  INFO(describe_seed(seed));
  random_source random{seed};
  body_decoder decoder;
  for (int round = 0; round < 1000; ++round) {
    json_variety how = random_variety(random);
    how.several_lines = true;
    // People and programs that indent put no brace at the front of a line but the last.
    const std::string text =
        "{\n \"first\": 1" + (one_in(random, 2) ? "}" : ",\n " + random_object(random, how).substr(1));
    expectation expected;
    expected.add(text, 3, {});
    INFO(text);
    check(decoder.decode("\n\r\n" + text + "\n"), expected);
  }
}

TEST_CASE("a damaged line is accepted only where it is still JSON, and its neighbours are unharmed") {
  const std::uint64_t seed = seed_or(13);
  INFO(describe_seed(seed));
  random_source random{seed};
  const json_limits limits{.line_bytes = 100, .fields = 30};
  body_decoder decoder{limits};
  const std::string neighbour = R"({"message":"unharmed","n":1})";
  for (int round = 0; round < 15'000; ++round) {
    const std::string text = damaged(random, random_object(random, {.most_members = 4}));
    // What is not part of an event at the ends of a line does no harm, and a line of nothing else is blank.
    const std::string_view trimmed = without_controls(text);
    if (trimmed.empty() || naive_decode(trimmed, 0, limits).unknown)
      continue;
    expectation expected;
    expected.add(neighbour, 1, limits);
    expected.add(trimmed, 2, limits);
    expected.add(neighbour, 3, limits);
    INFO(text);
    check(decoder.decode(neighbour + "\n" + text + "\n" + neighbour), expected);
  }
}
