// SPDX-License-Identifier: MIT
// How a query string is taken apart.
#include "http/parameters.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using http::parameters;

namespace {

parameters parsed(std::string_view query) {
  auto out = parameters::parse(query);
  REQUIRE(out);
  return std::move(*out);
}

}  // namespace

TEST_CASE("names and values are decoded") {
  auto given = parsed("q=a%26b+c&na%6De=x");
  CHECK(**given.take("q") == "a&b c");
  CHECK(**given.take("name") == "x");
  CHECK(given.all_taken());
}

TEST_CASE("empty pairs are skipped and a name without a value has an empty one") {
  auto given = parsed("&&a&b=&");
  CHECK(**given.take("a") == "");
  CHECK(**given.take("b") == "");
  CHECK(given.all_taken());
}

TEST_CASE("only the first equals sign parts name and value") {
  auto given = parsed("q=a=b");
  CHECK(**given.take("q") == "a=b");
}

TEST_CASE("a parameter that is absent is no error") {
  auto given = parsed("");
  CHECK_FALSE(given.take("q")->has_value());
  CHECK(given.take_list("level").empty());
  CHECK_FALSE(given.take_number("limit", 1, 10)->has_value());
}

TEST_CASE("a parameter for one value may not be given twice") {
  auto given = parsed("q=a&q=b");
  const auto taken = given.take("q");
  REQUIRE_FALSE(taken);
  CHECK(taken.failure().message == "the parameter 'q' is given twice");
}

TEST_CASE("lists come from repetition and from commas") {
  auto given = parsed("level=error,warn&level=info&other=1");
  CHECK(given.take_list("level") == std::vector<std::string>{"error", "warn", "info"});
  CHECK_FALSE(given.all_taken());
}

TEST_CASE("prefixed parameters are taken without their prefix") {
  auto given = parsed("field.user_id=7&field.a.b=x&fields=no");
  const auto taken = given.take_prefixed("field.");
  REQUIRE(taken.size() == 2);
  CHECK(taken[0] == std::pair<std::string, std::string>{"user_id", "7"});
  CHECK(taken[1] == std::pair<std::string, std::string>{"a.b", "x"});
  CHECK(given.all_taken().failure().message == "there is no parameter 'fields' here");
}

TEST_CASE("numbers are whole and within their bounds") {
  for (const char* bad : {"n=", "n=x", "n=-1", "n=1.5", "n=0", "n=11", "n=1e1", "n=+3", "n=%203",
                          "n=99999999999999999999999"}) {
    CAPTURE(bad);
    auto given = parsed(bad);
    const auto number = given.take_number("n", 1, 10);
    REQUIRE_FALSE(number);
    CHECK(number.failure().message == "the parameter 'n' must be a whole number from 1 to 10");
  }
  auto given = parsed("n=10");
  CHECK(**given.take_number("n", 1, 10) == 10);
}

TEST_CASE("broken encoding and zero bytes are refused with the parameter's name") {
  CHECK(parameters::parse("q=%zz").failure().message.find("'q=%zz'") != std::string::npos);
  CHECK(parameters::parse("q=%00").failure().message.find("zero byte") != std::string::npos);
}
