// SPDX-License-Identifier: MIT
// Reading level mixes and drawing from them.
#include "engine/simulate/level_mix.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

TEST_CASE("a level mix is read from names and weights") {
  const auto mix = level_mix::parse("INFO=80, warning:15,fatal = 5");
  REQUIRE(mix);
  CHECK(mix->weight(level::info) == 80);
  CHECK(mix->weight(level::warn) == 15);
  CHECK(mix->weight(level::critical) == 5);
  CHECK(mix->weight(level::debug) == 0);
}

TEST_CASE("a level mix that makes no sense is refused by name") {
  const auto [text, complaint] = GENERATE(table<const char*, const char*>({
      {"", "a level mix needs at least one weight above zero"},
      {"info=0", "a level mix needs at least one weight above zero"},
      {"info", "level mix: expected LEVEL=WEIGHT, got \"info\""},
      {"loud=3", "level mix: unknown level \"loud\""},
      {"info=many", "level mix: the weight of info must be a whole number from 0 to 1000000, not \"many\""},
      {"info=-1", "level mix: the weight of info must be a whole number from 0 to 1000000, not \"-1\""},
      {"info=1.5", "level mix: the weight of info must be a whole number from 0 to 1000000, not \"1.5\""},
      {"info=", "level mix: the weight of info must be a whole number from 0 to 1000000, not \"\""},
      {"info=1000001", "the weight of a level must not exceed 1000000"},
      {"info=99999999999",
       "level mix: the weight of info must be a whole number from 0 to 1000000, not \"99999999999\""},
  }));
  const auto mix = level_mix::parse(text);
  REQUIRE_FALSE(mix);
  CHECK(mix.failure().code == errc::invalid);
  CHECK(mix.failure().message == complaint);
}

TEST_CASE("the last weight of a level that is named twice counts") {
  const auto mix = level_mix::parse("info=1,error=2,info=3");
  REQUIRE(mix);
  CHECK(mix->weight(level::info) == 3);
  CHECK(mix->weight(level::error) == 2);
}

TEST_CASE("the default mix is that of a busy production system") {
  const level_mix mix;
  CHECK(mix.weight(level::info) == 80);
  CHECK(mix.weight(level::error) == 6);
  CHECK(mix.weight(level::critical) == 1);
  CHECK(mix.weight(level::unknown) == 0);
}

TEST_CASE("a mix of one level yields that level only") {
  const auto mix = level_mix::from_weights({0, 0, 0, 0, 9, 0, 0});
  REQUIRE(mix);
  random_source source{3};
  for (int draw = 0; draw < 1000; ++draw) REQUIRE(mix->pick(source) == level::error);
}

TEST_CASE("seven largest weights do not overflow the draw") {
  level_mix::weights weights;
  weights.fill(level_mix::largest_weight);
  const auto mix = level_mix::from_weights(weights);
  REQUIRE(mix);
  random_source source{4};
  std::array<int, level_count> seen{};
  for (int draw = 0; draw < 7000; ++draw) ++seen[static_cast<std::size_t>(mix->pick(source))];
  for (const auto count : seen) CHECK(count > 800);
}
