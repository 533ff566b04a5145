// SPDX-License-Identifier: MIT
// Where the tokenizer cuts.
#include "engine/store/templates/tokenizer.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

using namespace logstream;

namespace {

// The tokens in brackets, each behind its kind; words without one.
std::string cut(std::string_view message) {
  tokenizer tokens;
  REQUIRE(tokens.cut(message));
  std::string text;
  std::size_t next = 0;
  for (const symbol each : tokens.symbols()) {
    constexpr std::string_view kinds = "dhum";
    const bool is_word = kind_of(each) == token_kind::word;
    text += is_word ? "[" : std::string{kinds[static_cast<std::size_t>(kind_of(each))]} + '[';
    text += is_word ? tokens.words()[word_of(each)] : tokens.variables()[next++];
    text += ']';
  }
  return text;
}

}  // namespace

TEST_CASE("a word ends behind the punctuation and spaces that follow it") {
  REQUIRE(cut("topic: order-events, last") == "[topic: ][order-events, ][last]");
}

TEST_CASE("digits at the end or the beginning of letters are a number") {
  REQUIRE(cut("user12 took 5ms") == "[user]d[12][ ][took ]d[5][ms]");
  REQUIRE(cut("10.0.0.1:80") == "d[10][.]d[0][.]d[0][.]d[1][:]d[80]");
  REQUIRE(cut("2026-11-25T01:05") == "d[2026][-]d[11][-]d[25][T]d[01][:]d[05]");
}

TEST_CASE("letters and digits that change more than once are one token") {
  REQUIRE(cut("id a1b2 x") == "[id ]m[a1b2][ ][x]");
}

TEST_CASE("hexadecimal digits of one case are one token") {
  REQUIRE(cut("hash 0a1b2c3d") == "[hash ]h[0a1b2c3d]");
  REQUIRE(cut("hash 0A1B2C3D") == "[hash ]h[0A1B2C3D]");
  REQUIRE(cut("hash 0a1B2c3D") == "[hash ]m[0a1B2c3D]");
  REQUIRE(cut("hash 12345678") == "[hash ]d[12345678]");
}

TEST_CASE("a UUID is one token, whatever its first digits are") {
  REQUIRE(cut("of deadbeef-1234-4abc-8abc-1234567890ab.") ==
          "[of ]u[deadbeef-1234-4abc-8abc-1234567890ab][.]");
  REQUIRE(cut("12345678-1234-4123-8123-123456789012") == "u[12345678-1234-4123-8123-123456789012]");
}

TEST_CASE("what is longer than a UUID is none") {
  REQUIRE(cut("deadbeef-1234-4abc-8abc-1234567890abc").find("u[") == std::string::npos);
}

TEST_CASE("nineteen digits are not a number") {
  REQUIRE(cut(std::string(18, '9')) == "d[" + std::string(18, '9') + "]");
  REQUIRE(cut(std::string(19, '9')) == "m[" + std::string(19, '9') + "]");
}

TEST_CASE("a message of too many tokens is not cut and leaves nothing") {
  std::string message;
  for (std::size_t i = 0; i < tokenizer::most_tokens; ++i) message += "a ";
  tokenizer tokens;
  REQUIRE(tokens.cut(message));
  REQUIRE_FALSE(tokens.cut(message + "a "));
  REQUIRE_FALSE(tokens.cut(message + "1"));
  REQUIRE(tokens.symbols().size() == tokenizer::most_tokens);
  REQUIRE(tokens.variables().empty());
}
