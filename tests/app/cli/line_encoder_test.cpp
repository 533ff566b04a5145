// SPDX-License-Identifier: MIT
// Lines as events.
#include "app/cli/line_encoder.hpp"

#include "engine/wire/time_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace logstream;
using nlohmann::json;

namespace {

const timestamp now = *parse_rfc3339("2024-05-01T12:34:56Z");

event_body encode(const std::vector<std::string>& lines, bool join = false) {
  line_encoder encoder{"app", join};
  event_body out;
  for (const std::string& each : lines) encoder.take(each, now, out);
  encoder.flush(now, out);
  return out;
}

std::vector<json> events(const event_body& body) {
  std::vector<json> out;
  std::istringstream in{body.text};
  for (std::string line; std::getline(in, line);) out.push_back(json::parse(line));
  return out;
}

}  // namespace

TEST_CASE("a plain line keeps its text and gives its time, level and service", "[send]") {
  const auto made = events(encode({"2024-04-30 01:02:03,004 WARN [main] disk \"sda\" is\tslow\r"}));
  REQUIRE(made.size() == 1);
  CHECK(made[0] == json{{"timestamp", "2024-04-30T01:02:03.004Z"},
                        {"level", "WARN"},
                        {"service", "app"},
                        {"message", "2024-04-30 01:02:03,004 WARN [main] disk \"sda\" is\tslow"}});
}

TEST_CASE("a line without a level has none, and one without a time has that of the line before", "[send]") {
  const auto made = events(encode({"no time yet", "Apr 30 01:02:03 host app: one", "\tat two"}));
  REQUIRE(made.size() == 3);
  CHECK_FALSE(made[0].contains("timestamp"));
  CHECK_FALSE(made[1].contains("level"));
  CHECK(made[2]["timestamp"] == "2024-04-30T01:02:03Z");
  CHECK(made[2]["message"] == "\tat two");
}

TEST_CASE("blank lines make no event but are counted", "[send]") {
  const event_body body = encode({"one", "", "  \t", "\r", "five"});
  CHECK(body.lines == std::vector<std::uint64_t>{1, 5});
  CHECK(body.source_bytes == 3 + 1 + 1 + 4 + 2 + 5);
}

TEST_CASE("bytes that are not UTF-8 become valid JSON", "[send]") {
  const auto made = events(encode({"caf\xE9 \x01 \xF0\x9F\x98\x80"}));
  REQUIRE(made.size() == 1);
  CHECK(made[0]["message"] == "caf\xEF\xBF\xBD \x01 \xF0\x9F\x98\x80");
}

TEST_CASE("NDJSON is passed on, with the service where it has none", "[send]") {
  const event_body body =
      encode({"", R"({"message":"a"})", R"( {"service":"x","message":"b"})", "{}", "{broken"});
  CHECK(body.text ==
        "{\"service\":\"app\",\"message\":\"a\"}\n"
        " {\"service\":\"x\",\"message\":\"b\"}\n"
        "{\"service\":\"app\"}\n"
        "{\"service\":\"app\",broken\n");
  CHECK(body.lines == std::vector<std::uint64_t>{2, 3, 4, 5});
}

TEST_CASE("a file that begins with text is text, whatever its other lines look like", "[send]") {
  const auto made = events(encode({"starting", R"({"message":"a"})"}));
  REQUIRE(made.size() == 2);
  CHECK(made[1]["message"] == R"({"message":"a"})");
}

TEST_CASE("lines that go on are joined only when asked to", "[send]") {
  const std::vector<std::string> lines{"ERROR boom",   "java.lang.Exception", "\tat a.b(C.java:1)",
                                       "Caused by: x", "  ... 3 more",        "INFO fine"};
  CHECK(encode(lines).lines.size() == 6);
  const event_body joined = encode(lines, true);
  CHECK(joined.lines == std::vector<std::uint64_t>{1, 2, 6});
  const auto made = events(joined);
  CHECK(made[1]["message"] == "java.lang.Exception\n\tat a.b(C.java:1)\nCaused by: x\n  ... 3 more");
  CHECK(made[0]["level"] == "ERROR");
  CHECK(made[2]["level"] == "INFO");
}
