// SPDX-License-Identifier: MIT
// A text is found across pieces of which only the kind is known.
#include "engine/store/templates/needle_walk.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

TEST_CASE("a text is found across the pieces it stands in") {
  needle_walk walk{"user 12 of", false};
  walk.pass("a user ");
  walk.pass_any(byte_kind::digits);
  walk.pass(" of it");
  REQUIRE(walk.found());
  walk.restart();
  walk.pass("a user ");
  walk.pass_any(byte_kind::digits);
  walk.pass(" in it");
  REQUIRE_FALSE(walk.found());
}

TEST_CASE("a text that begins like itself is found where its second beginning counts") {
  needle_walk walk{"aab", false};
  walk.pass("a");
  walk.pass("a");
  walk.pass("a");
  walk.pass("b");
  REQUIRE(walk.found());
}

TEST_CASE("a text can end or begin within an unknown piece, but not pass one of another kind") {
  needle_walk ends{"id=4", false};
  ends.pass("id=");
  ends.pass_any(byte_kind::digits);
  REQUIRE(ends.found());
  needle_walk begins{"4 rows", false};
  begins.pass_any(byte_kind::digits);
  begins.pass(" rows");
  REQUIRE(begins.found());
  needle_walk other{"x4 rows", false};
  other.pass_any(byte_kind::hex);
  other.pass(" rows");
  REQUIRE_FALSE(other.found());
}

TEST_CASE("an unknown piece is not empty") {
  needle_walk walk{"id= rows", false};
  walk.pass("id=");
  walk.pass_any(byte_kind::digits);
  walk.pass(" rows");
  REQUIRE_FALSE(walk.found());
}

TEST_CASE("one of several texts leads on, and none goes through a block") {
  needle_walk walk{"of users at", false};
  walk.pass("of ");
  walk.pass_one_of({"orders ", "users "});
  walk.pass("at");
  REQUIRE(walk.found());
  walk.restart();
  walk.pass("of ");
  walk.block();
  walk.pass("at");
  REQUIRE_FALSE(walk.found());
}

TEST_CASE("any case means letters only") {
  needle_walk walk{"aB[", true};
  walk.pass("Ab{");
  REQUIRE_FALSE(walk.found());
  walk.pass("Ab[");
  REQUIRE(walk.found());
}
