// SPDX-License-Identifier: MIT
// How the parameters of POST /simulate are read.
#include "http/simulate_parameters.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;

namespace {

result<simulate_request> read(std::string_view query, std::string_view body) {
  auto given = parameters::parse(query);
  REQUIRE(given);
  return read_simulate_parameters(std::move(*given), body);
}

}  // namespace

TEST_CASE("a simulation has ten thousand events unless told otherwise") {
  const auto out = read("", "");
  REQUIRE(out);
  CHECK(out->events.count == 10'000);
  CHECK(out->rate == 0);
}

TEST_CASE("a simulation is told by query or by body") {
  const auto by_query = read("count=5&rate=10&seed=3&levels=ERROR%3D1", "");
  const auto by_body = read("", R"({"count":5,"rate":10,"seed":3,"levels":{"ERROR":7}})");
  for (const auto* out : {&by_query, &by_body}) {
    REQUIRE(*out);
    CHECK((*out)->events.count == 5);
    CHECK((*out)->rate == 10);
    CHECK((*out)->events.seed == 3);
    CHECK((*out)->events.mix.weight(level::error) > 0);
    CHECK((*out)->events.mix.weight(level::info) == 0);
  }
}

TEST_CASE("what shares leave over goes to the other levels in their usual proportions") {
  const auto out = read("", R"({"levels":{"ERROR":0.1}})");
  REQUIRE(out);
  const level_mix& mix = out->events.mix;
  const level_mix usual;
  CHECK(mix.weight(level::error) == 100'000);
  const double left = 900'000;
  const double rest = usual.weight(level::info) + usual.weight(level::warn) + usual.weight(level::debug) +
                      usual.weight(level::critical);
  CHECK(mix.weight(level::info) == Approx(left * usual.weight(level::info) / rest).margin(2));
}

TEST_CASE("each bad member of a simulation is named") {
  const std::tuple<const char*, const char*, const char*> table[] = {
      {"count=0", "", "'count'"},
      {"count=10000001", "", "'count'"},
      {"levels=LOUD%3D1", "", "'levels'"},
      {"colour=red", "", "'colour'"},
      {"", "{", "not JSON"},
      {"", "[1]", "JSON object"},
      {"", R"({"count":0})", "'count'"},
      {"", R"({"count":"5"})", "'count'"},
      {"", R"({"count":1.5})", "'count'"},
      {"", R"({"rate":-1})", "'rate'"},
      {"", R"({"colour":1})", "'colour'"},
      {"", R"({"levels":[]})", "'levels'"},
      {"", R"({"levels":{"LOUD":1}})", "'LOUD'"},
      {"", R"({"levels":{"ERROR":-1}})", "'ERROR'"},
      {"", R"({"levels":{"ERROR":"1"}})", "'ERROR'"},
      {"", R"({"levels":{"ERROR":1,"err":1}})", "twice"},
      {"count=5", R"({"count":6})", "'count' is given in the query and in the body"},
      {"count=10000&rate=1", "", "longer than 30 seconds"},
  };
  for (const auto& [query, body, fragment] : table) {
    CAPTURE(query, body, fragment);
    const auto out = read(query, body);
    REQUIRE_FALSE(out);
    CHECK(out.failure().code == errc::invalid);
    CHECK(out.failure().message.find(fragment) != std::string::npos);
  }
}
