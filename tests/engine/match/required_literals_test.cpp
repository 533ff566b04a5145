// SPDX-License-Identifier: MIT
// The literals that expressions cannot do without.
#include "engine/match/required_literals.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace logstream {

namespace {

using texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a literal part of an expression is required, in lower case") {
  CHECK(required_literals("OOM") == texts{"oom"});
  CHECK(required_literals(R"(Timeout after \d+ms)") == texts{"timeout after "});
}

TEST_CASE("of several required parts the longest is taken") {
  CHECK(required_literals("abc.*defgh") == texts{"defgh"});
}

TEST_CASE("of alternatives one of each is required") {
  CHECK(required_literals("(?i)connection (refused|reset)") ==
        texts{"connection refused", "connection reset"});
  CHECK(required_literals("deadlock|oom-killer") == texts{"deadlock", "oom-killer"});
}

TEST_CASE("nothing is required where an alternative has no literal") {
  CHECK(required_literals("deadlock|[0-9]+").empty());
  CHECK(required_literals(".*").empty());
  CHECK(required_literals("[a-z]{5}").empty());
  CHECK(required_literals("ab").empty());
}

TEST_CASE(
    "only the ASCII part of a literal is required, since other letters have cases that we do not fold") {
  CHECK(required_literals("Ärger im Betrieb") == texts{"rger im betrieb"});
}

TEST_CASE("an expression that does not compile requires nothing") {
  CHECK(required_literals("(").empty());
}

}  // namespace logstream
