// SPDX-License-Identifier: MIT
// How bodies are told apart and cut into events, and which line a rejection names.
#include "engine/wire/json_events.hpp"

#include "tests/engine/wire/decode_body.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// The field `n` of each event, which tests number their events by.
std::vector<std::string> numbers(const decoded_body& from) {
  std::vector<std::string> found;
  for (const event& each : from.events)
    for (const field& one : each.fields)
      if (one.name == "n")
        found.push_back(one.value);
  return found;
}

std::vector<std::uint64_t> lines(const decoded_body& from) {
  std::vector<std::uint64_t> found;
  for (const rejection& each : from.outcome.rejections) found.push_back(each.line);
  return found;
}

using texts = std::vector<std::string>;
using line_numbers = std::vector<std::uint64_t>;

}  // namespace

TEST_CASE("one object, an array and lines of objects are each understood") {
  for (const char* body :
       {R"({"n":1})", "{\"n\":1}\n", "\n {\"n\":1}", R"([{"n":1}])", " [ {\"n\":1} ] ", "{\n  \"n\": 1\n}",
        "{\r\n\"n\":1}", "\xef\xbb\xbf{\"n\":1}", "\xef\xbb\xbf\n[{\"n\":1}]"}) {
    INFO(body);
    CHECK(numbers(body_decoder{}.decode(body)) == texts{"1"});
  }
  CHECK(numbers(body_decoder{}.decode("{\"n\":1}\n{\"n\":2}\r\n\n  {\"n\":3}")) == texts{"1", "2", "3"});
  CHECK(numbers(body_decoder{}.decode("[{\"n\":1},\n{\"n\":2},{\"n\":3}]")) == texts{"1", "2", "3"});
}

TEST_CASE("objects over several lines may follow each other") {
  CHECK(numbers(body_decoder{}.decode("{\n \"n\":1\n}\n{\n \"n\":2\n}\n{\"n\":3}")) == texts{"1", "2", "3"});
  CHECK(numbers(body_decoder{}.decode("{\n \"a\":\n {\"b\":1},\n\n \"n\":1}")) == texts{"1"});
}

TEST_CASE("a body without an event is an error of the whole body") {
  for (const char* body : {"", " ", "\n\r\n\t", "\xef\xbb\xbf", "[]", " [ ] ", "[,]"}) {
    INFO(body);
    const decoded_body found = body_decoder{}.decode(body);
    REQUIRE(found.failure.has_value());
    CHECK(found.failure->code == errc::invalid);
  }
}

TEST_CASE("a rejection names the line of NDJSON, blank lines counted") {
  const decoded_body found = body_decoder{}.decode("\n{\"n\":1}\nbroken\n\n{\"n\":2}\r\n{\"n\":\n{\"n\":3}");
  CHECK(numbers(found) == texts{"1", "2", "3"});
  CHECK(lines(found) == line_numbers{3, 6});
  CHECK(found.outcome.accepted == 3);
  CHECK(found.outcome.rejected == 2);
}

TEST_CASE("a rejection names the element of an array, wherever its lines are") {
  const decoded_body found =
      body_decoder{}.decode("\n[\n{\"n\":1},\n17,{\"n\":tru},\n\n{\"n\":2},{\"level\":true}]");
  CHECK(numbers(found) == texts{"1", "2"});
  CHECK(lines(found) == line_numbers{2, 3, 5});
  CHECK(found.outcome.rejections[2].member == "level");
}

TEST_CASE("a rejection names the line on which an object of several lines begins") {
  const decoded_body found = body_decoder{}.decode("\n\n{\n\"n\":1\n}\n\n{\n\"n\":tru\n}\n{\"n\":3}");
  CHECK(numbers(found) == texts{"1", "3"});
  CHECK(lines(found) == line_numbers{7});
}

TEST_CASE("a line cut short harms no other, whichever it is") {
  for (const char* cut :
       {"{\"n\":", "{\"n\":\"x", "{\"n\":{\"m\":1", "{", "{\"n\":[1,", "{\"n\":1,\"m\":{}"}) {
    INFO(cut);
    const std::string broken{cut};
    CHECK(numbers(body_decoder{}.decode(broken + "\n{\"n\":2}\n{\"n\":3}")) == texts{"2", "3"});
    CHECK(numbers(body_decoder{}.decode(broken + "\n\n{\"n\":2}\n{\"n\":3}")) == texts{"2", "3"});
    CHECK(numbers(body_decoder{}.decode(broken + "\r\n\r\n{\"n\":2}\r\n{\"n\":3}")) == texts{"2", "3"});
    CHECK(numbers(body_decoder{}.decode(broken + "\nno JSON\n{\"n\":2}\n{\"n\":3}")) == texts{"2", "3"});
    CHECK(numbers(body_decoder{}.decode("{\"n\":1}\n" + broken + "\n{\"n\":3}")) == texts{"1", "3"});
    CHECK(numbers(body_decoder{}.decode("{\"n\":1}\n{\"n\":2}\n" + broken)) == texts{"1", "2"});
  }
}

TEST_CASE("an array cut short keeps the elements that are whole") {
  const decoded_body found = body_decoder{}.decode(R"([{"n":1},{"n":2},{"n":)");
  CHECK(numbers(found) == texts{"1", "2"});
  CHECK(lines(found) == line_numbers{3});
  const decoded_body between = body_decoder{}.decode(R"([{"n":1},{"n":2},)");
  CHECK(numbers(between) == texts{"1", "2"});
  CHECK(lines(between) == line_numbers{3});
  CHECK(between.outcome.rejections[0].reason == "the array is not closed");
}

TEST_CASE("text behind an array is rejected and the array is kept") {
  for (const char* behind : {"x", "{\"n\":9}", "]", "[]", ",", "\n{\"n\":9}"}) {
    INFO(behind);
    const decoded_body found = body_decoder{}.decode(std::string{"[{\"n\":1}]"} + behind);
    CHECK(numbers(found) == texts{"1"});
    REQUIRE(found.outcome.rejected == 1);
    CHECK(found.outcome.rejections[0].reason == "has text behind the array");
  }
}

TEST_CASE("a bracket that nothing opened is rejected and what came before is kept") {
  const decoded_body found = body_decoder{}.decode("{\n\"n\":1\n}\n}\n{\"n\":2}");
  CHECK(numbers(found) == texts{"1"});
  CHECK(found.outcome.rejected == 1);
  CHECK(numbers(body_decoder{}.decode("[{\"n\":1}},{\"n\":2}]")) == texts{"1"});
}

TEST_CASE("as many rejections are described as were asked for, and all are counted") {
  const decoded_body found = body_decoder{}.decode("a\nb\nc\n{\"n\":1}\nd", 2);
  CHECK(found.outcome.rejected == 4);
  CHECK(found.outcome.accepted == 1);
  CHECK(lines(found) == line_numbers{1, 2});
  CHECK(body_decoder{}.decode("a", 0).outcome.rejected == 1);
}

TEST_CASE("a rejected event leaves nothing behind in the next") {
  const decoded_body found = body_decoder{}.decode(
      "{\"service\":\"x\",\"level\":\"error\",\"message\":\"m\",\"a\":1,\"time\":\"no\"}\n{\"n\":1}");
  CHECK(found.events == std::vector<event>{{body_decoder::now, level::unknown, "", "", {{"n", "1", true}}}});
}

TEST_CASE("a body of one byte, whichever, is an error or a rejection") {
  for (int c = 0; c < 256; ++c) {
    const decoded_body found = body_decoder{}.decode(std::string(1, static_cast<char>(c)));
    CHECK(found.events.empty());
    CHECK((found.failure.has_value() || found.outcome.rejected == 1));
  }
}
