// SPDX-License-Identifier: MIT
// Several expressions searched for together.
#include "engine/match/pattern_set.hpp"

#include <catch2/catch.hpp>

#include <initializer_list>
#include <string_view>
#include <vector>

namespace logstream {

namespace {

std::vector<int> found(std::initializer_list<std::string_view> expressions, std::string_view text) {
  std::vector<pattern_ptr> patterns;
  for (const std::string_view each : expressions) {
    auto compiled = compile_pattern(each);
    REQUIRE(compiled);
    patterns.push_back(*compiled);
  }
  std::vector<int> made{99};
  pattern_set{std::move(patterns)}.match(text, made);
  return made;
}

}  // namespace

TEST_CASE("every expression that matches is named, in order") {
  CHECK(found({"[0-9]+$", "^x", "b.d"}, "x bad 12") == std::vector<int>{0, 1, 2});
  CHECK(found({"[0-9]+$", "^x", "b.d"}, "no 12 ") == std::vector<int>{});
  CHECK(found({"a+"}, "caab") == std::vector<int>{0});
  CHECK(found({}, "text").empty());
}

TEST_CASE("an expression whose automaton grows beyond its memory still matches") {
  const std::string_view wide = "(x+x+)+y.{900}z[ab]{900}";
  CHECK(found({wide, "needle"}, "hay needle hay") == std::vector<int>{1});
}

TEST_CASE("an expression that is wrong is refused with what is wrong") {
  const auto made = compile_pattern("[z-a]");
  REQUIRE(!made);
  CHECK(made.failure().code == errc::invalid);
  CHECK(made.failure().message == "invalid character class range: z-a");
}

}  // namespace logstream
