// SPDX-License-Identifier: MIT
// What is meant by a misspelt word.
#include "app/config/suggestion.hpp"

#include <catch2/catch.hpp>

#include <array>

using namespace logstream;

TEST_CASE("the distance counts letters added, dropped, replaced and swapped", "[suggestion]") {
  CHECK(edit_distance("", "") == 0);
  CHECK(edit_distance("port", "port") == 0);
  CHECK(edit_distance("prot", "port") == 1);
  CHECK(edit_distance("por", "port") == 1);
  CHECK(edit_distance("ports", "port") == 1);
  CHECK(edit_distance("pord", "port") == 1);
  CHECK(edit_distance("", "port") == 4);
  CHECK(edit_distance("abcd", "wxyz") == 4);
}

TEST_CASE("only a near word is suggested", "[suggestion]") {
  constexpr std::array<std::string_view, 3> known{"serve", "send", "stats"};
  CHECK(nearest("sned", known) == "send");
  CHECK(nearest("server", known) == "serve");
  CHECK_FALSE(nearest("frobnicate", known).has_value());
  CHECK_FALSE(nearest(std::string(1000, 's'), known).has_value());
}
