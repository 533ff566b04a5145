// SPDX-License-Identifier: MIT
// The promise that whoever asks is answered, once.
#include "messages/answer.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace logstream {
namespace {

using text_results = std::vector<result<std::string>>;

answer_ptr<std::string> note_in(text_results& got) {
  return make_answer<std::string>([&got](result<std::string> value) { got.push_back(std::move(value)); });
}

TEST_CASE("An answer delivers its value") {
  text_results got;
  note_in(got)->deliver(std::string{"value"});
  REQUIRE(got.size() == 1);
  CHECK(*got[0] == "value");
}

TEST_CASE("An answer delivers its error") {
  text_results got;
  note_in(got)->deliver(make_error(errc::not_found, "nothing there"));
  REQUIRE(got.size() == 1);
  CHECK(got[0].failure() == error{errc::not_found, "nothing there"});
}

TEST_CASE("An answer delivers once, the first of what it is given, and its end adds nothing") {
  text_results got;
  {
    const auto answer = note_in(got);
    answer->deliver(std::string{"first"});
    answer->deliver(std::string{"second"});
    answer->deliver(make_error(errc::internal, "third"));
  }
  REQUIRE(got.size() == 1);
  CHECK(*got[0] == "first");
}

TEST_CASE("An answer that is dropped delivers that the service is unavailable") {
  text_results got;
  note_in(got).reset();
  REQUIRE(got.size() == 1);
  CHECK(got[0].failure().code == errc::unavailable);
  CHECK_FALSE(got[0].failure().message.empty());
}

TEST_CASE("An answer with several holders delivers nothing before the last lets go") {
  text_results got;
  auto first = note_in(got);
  auto second = first;
  first.reset();
  CHECK(got.empty());
  second.reset();
  CHECK(got.size() == 1);
}

TEST_CASE("An answer may be asked to deliver by its own delivery") {
  text_results got;
  answer_ptr<std::string> again;
  again = make_answer<std::string>([&](result<std::string> value) {
    got.push_back(std::move(value));
    again->deliver(std::string{"inner"});
  });
  again->deliver(std::string{"outer"});
  REQUIRE(got.size() == 1);
  CHECK(*got[0] == "outer");
}

TEST_CASE("An answer takes along what its sink holds as soon as it has delivered") {
  const auto held = std::make_shared<int>(0);
  const auto answer = make_answer<std::string>([held](const result<std::string>&) {});
  answer->deliver(std::string{});
  CHECK(held.use_count() == 1);
}

}  // namespace
}  // namespace logstream
