// SPDX-License-Identifier: MIT
// A result is a value or a failure, never both.
#include "engine/base/result.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <set>
#include <string>

using namespace logstream;

TEST_CASE("a result made of a value holds it") {
  result<std::string> made = std::string{"value"};
  REQUIRE(made.ok());
  CHECK(static_cast<bool>(made));
  CHECK(*made == "value");
  CHECK(made->size() == 5);
}

TEST_CASE("a result made of an error holds its kind and its sentence") {
  const result<std::string> made = make_error(errc::too_large, "more than one");
  REQUIRE_FALSE(made.ok());
  CHECK_FALSE(static_cast<bool>(made));
  CHECK(made.failure() == error{errc::too_large, "more than one"});
}

TEST_CASE("a value that cannot be copied moves out of its result") {
  result<std::unique_ptr<int>> made = std::make_unique<int>(7);
  const std::unique_ptr<int> taken = *std::move(made);
  CHECK(*taken == 7);
}

TEST_CASE("a result of nothing is good unless an error says otherwise") {
  CHECK(result<void>{}.ok());
  const result<void> bad = make_error(errc::io, "no");
  REQUIRE_FALSE(bad.ok());
  CHECK(bad.failure().code == errc::io);
}

TEST_CASE("no two kinds of failure have the same name") {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(errc::internal); ++code)
    CHECK(names.insert(to_string(static_cast<errc>(code))).second);
  CHECK(names.count("") == 0);
}
