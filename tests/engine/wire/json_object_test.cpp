// SPDX-License-Identifier: MIT
// What the members of an object mean, and what is wrong with those that are rejected.
#include "engine/wire/json_object.hpp"

#include "tests/engine/wire/decode_body.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// date -u -d 2024-05-01T12:00:00Z +%s
constexpr timestamp noon = 1'714'564'800 * nanoseconds_per_second;

event decode(std::string_view text, json_limits limits = {}) {
  const decoded_body found = body_decoder{limits}.decode(text);
  INFO(text);
  REQUIRE(found.outcome.rejections == std::vector<rejection>{});
  REQUIRE(found.events.size() == 1);
  return found.events[0];
}

object_fault refuse(std::string_view text, json_limits limits = {}) {
  const decoded_body found = body_decoder{limits}.decode(text);
  INFO(text);
  REQUIRE(found.events.empty());
  REQUIRE(found.outcome.rejections.size() == 1);
  return {found.outcome.rejections[0].member, found.outcome.rejections[0].reason};
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string made;
  for (; times > 0; --times) made += text;
  return made;
}

}  // namespace

TEST_CASE("the standard members make an event, and everything else is kept as fields") {
  CHECK(decode(R"({"timestamp":"2024-05-01T12:00:00Z","level":"error","service":"api","message":"boom",
                   "metadata":{"user":{"id":17,"name":"ann"},"ok":true},"host":"a","tags":["x", "y"],"none":null})") ==
        event{noon,
              level::error,
              "api",
              "boom",
              {{"host", "a", false},
               {"none", "null", true},
               {"ok", "true", true},
               {"tags", R"(["x","y"])", true},
               {"user.id", "17", true},
               {"user.name", "ann", false}}});
}

TEST_CASE("every alias of a standard member is understood") {
  for (const char* name : {"timestamp", "@timestamp", "time", "ts"})
    CHECK(decode(std::string{"{\""} + name + "\":1714564800}").time == noon);
  for (const char* name : {"level", "severity"})
    CHECK(decode(std::string{"{\""} + name + "\":\"warn\"}").severity == level::warn);
  for (const char* name : {"message", "msg"})
    CHECK(decode(std::string{"{\""} + name + "\":\"hello\"}").message == "hello");
}

TEST_CASE(
    "an event that says nothing of time, level, service and message gets now, UNKNOWN and empty texts") {
  CHECK(decode(R"({"a":1})") == event{body_decoder::now, level::unknown, "", "", {{"a", "1", true}}});
}

TEST_CASE("standard members that are null are as if they were not there") {
  CHECK(decode(R"({"timestamp":null,"level":null,"service":null,"message":null,"metadata":null})") ==
        event{body_decoder::now, level::unknown, "", "", {}});
  CHECK(decode(R"({"timestamp":null,"time":1714564800})").time == noon);
}

TEST_CASE("the first of several members for the same thing counts, and the others are kept as fields") {
  const event found =
      decode(R"({"time":1714564800,"ts":17,"msg":"a","message":"b","level":"info","level":"error"})");
  CHECK(found == event{noon,
                       level::info,
                       "",
                       "a",
                       {{"level", "error", false}, {"message", "b", false}, {"ts", "17", true}}});
}

TEST_CASE("standard names inside of metadata and other objects are fields") {
  const event found = decode(R"({"metadata":{"message":"m","level":"error"},"more":{"time":1}})");
  CHECK(found.fields ==
        std::vector<field>{{"level", "error", false}, {"message", "m", false}, {"more.time", "1", true}});
  CHECK(found.severity == level::unknown);
}

TEST_CASE("metadata that is no object is kept as a field") {
  CHECK(decode(R"({"metadata":[1, 2]})").fields == std::vector<field>{{"metadata", "[1,2]", true}});
  CHECK(decode(R"({"metadata":"x"})").fields == std::vector<field>{{"metadata", "x", false}});
}

TEST_CASE("the last of fields with one name counts, however the name is written") {
  CHECK(decode(R"({"a":{"b":1},"a.b":2,"\u0061.b":"three"})").fields ==
        std::vector<field>{{"a.b", "three", false}});
  CHECK(decode(R"({"x":1,"metadata":{"x":2}})").fields == std::vector<field>{{"x", "2", true}});
}

TEST_CASE("a word that is no level is kept where it is found again") {
  const event found = decode(R"({"severity":"spam"})");
  CHECK(found.severity == level::unknown);
  CHECK(found.fields == std::vector<field>{{"severity", "spam", false}});
  CHECK(decode(R"({"level":99})").fields == std::vector<field>{{"level", "99", true}});
  CHECK(decode(R"({"level":""})").fields.empty());
}

TEST_CASE("a message that is no string is kept as its JSON") {
  CHECK(decode(R"({"message":17.50})").message == "17.50");
  CHECK(decode(R"({"message":false})").message == "false");
  CHECK(decode(R"({"message":{"a" : [1, "x y"]}})").message == R"({"a":[1,"x y"]})");
}

TEST_CASE("escapes in names and values are undone") {
  const event found = decode(R"({"message":"a\n\"b\" \u00e9 \ud83d\ude00","na\u006de":"\\ \/"})");
  CHECK(found.message == "a\n\"b\" \xc3\xa9 \xf0\x9f\x98\x80");
  CHECK(found.fields == std::vector<field>{{"name", "\\ /", false}});
}

TEST_CASE("objects are flattened sixteen deep and kept as JSON beyond") {
  const std::string text = repeated("{\"a\":", 17) + R"({"b" : 1})" + repeated("}", 17);
  const std::string sixteen = repeated("a.", 16);
  CHECK(decode(text).fields == std::vector<field>{{sixteen + "a", R"({"b":1})", true}});
}

TEST_CASE("nesting without end is rejected") {
  CHECK(refuse("{\"a\":" + repeated("[", 5000) + repeated("]", 5000) + "}").reason.find("JSON") !=
        std::string::npos);
  CHECK(refuse("{\"a\":" + repeated("{\"a\":", 5000) + "1" + repeated("}", 5001)).reason.find("JSON") !=
        std::string::npos);
}

TEST_CASE("numbers of any size are kept digit by digit, in arrays too") {
  CHECK(decode(R"({"n":123456789012345678901234567890})").fields[0].value ==
        "123456789012345678901234567890");
  CHECK(decode(R"({"n":[123456789012345678901234567890, 18446744073709551616]})").fields[0].value ==
        "[123456789012345678901234567890,18446744073709551616]");
  CHECK(decode(R"({"n":1e999})").fields[0].value == "1e999");
}

TEST_CASE("a long message is cut at a character's end and marked with the size it had") {
  const event found = decode(
      "{\"message\":\"abc\xe2\x82\xac"
      "def\"}",
      {.line_bytes = 5});
  CHECK(found.message == "abc");
  CHECK(found.fields == std::vector<field>{{"_truncated", "9", true}});
  CHECK(decode("{\"message\":\"abc\xe2\x82\xac\"}", {.line_bytes = 6}).fields.empty());
  CHECK(decode(R"({"message":"\n\n\n\n"})", {.line_bytes = 2}).message == "\n\n");
}

TEST_CASE("bytes that are not UTF-8 are replaced, and the event is kept") {
  const event found = decode(
      "{\"message\":\"a\xff"
      "b\",\"\xc3\":\"\xe2\x82\"}");
  CHECK(found.message ==
        "a\xef\xbf\xbd"
        "b");
  CHECK(found.fields == std::vector<field>{{"\xef\xbf\xbd", "\xef\xbf\xbd\xef\xbf\xbd", false}});
}

TEST_CASE(
    "an event of as many fields as the limit is kept, one of more is rejected by the member that was too "
    "much") {
  CHECK(decode(R"({"a":1,"b":{"c":2}})", {.fields = 2}).fields.size() == 2);
  const object_fault fault = refuse(R"({"a":1,"b":{"c":2,"d":3}})", {.fields = 2});
  CHECK(fault.member == "b.d");
  CHECK(fault.reason.find('2') != std::string::npos);
}

TEST_CASE("a member that cannot be what its name says is named by the rejection") {
  CHECK(refuse(R"({"timestamp":"soon"})").member == "timestamp");
  CHECK(refuse(R"({"ts":true})").member == "ts");
  CHECK(refuse(R"({"time":{"s":1}})").member == "time");
  CHECK(refuse(R"({"@timestamp":"2024-13-01T00:00:00Z"})").member == "@timestamp");
  CHECK(refuse(R"({"level":true})").member == "level");
  CHECK(refuse(R"({"severity":["error"]})").member == "severity");
  CHECK(refuse(R"({"service":{"name":"api"}})").member == "service");
  CHECK(refuse(R"({"service":false})").member == "service");
}

TEST_CASE("a service as long as a label may be is kept, a longer one is rejected") {
  CHECK(decode("{\"service\":\"" + std::string(2048, 's') + "\"}").service.size() == 2048);
  CHECK(refuse("{\"service\":\"" + std::string(2049, 's') + "\"}").member == "service");
}

TEST_CASE("texts that are almost JSON are rejected") {
  for (const char* text : {R"({"a":1)",
                           R"({"a":1,})",
                           R"({,"a":1})",
                           R"({"a" 1})",
                           R"({"a":})",
                           R"({"a":1 "b":2})",
                           R"({"a":1 1})",
                           R"({a:1})",
                           R"({'a':1})",
                           R"({"a":01})",
                           R"({"a":+1})",
                           R"({"a":.5})",
                           R"({"a":1.})",
                           R"({"a":tru})",
                           R"({"a":nulll})",
                           R"({"a":NaN})",
                           R"({"a":"x)",
                           R"({"a":"x":1})",
                           R"({"a":1:2})",
                           R"({"a"::1})",
                           R"({"a":[1,2})",
                           R"({"a":[1,,2]})",
                           R"({"a":[1 2]})",
                           R"({"a":{"b":1]})",
                           R"({"a":"\q"})",
                           R"({"a":"\u12g4"})",
                           R"({"\q":1})",
                           R"({"a":"\ud800"})",
                           R"({"a":"\udc00"})",
                           R"({"a":"\ud800\u0041"})",
                           "{\"a\":\"\x01\"}",
                           "{\"a\":1\x01}",
                           "{\"a\":\"x\"\x01}",
                           "{\"a\":[1\x01]}",
                           R"({"message":{"a":}})",
                           R"({"a":[1,2]]})",
                           R"({"message":[tru]})",
                           R"({"message":"a" "b"})",
                           R"({"service":"a":"b"})",
                           R"({"level":"info":1})",
                           R"({"time":1714564800:1})",
                           R"({"\ud800":1})",
                           R"({"a":{}:1})"}) {
    INFO(text);
    CHECK_FALSE(refuse(text).reason.empty());
  }
}

TEST_CASE("what is JSON but no event is rejected with the reason") {
  CHECK(refuse("{}").reason == "has no members");
  CHECK(refuse("17").reason == "is not a JSON object");
  CHECK(refuse("\"text\"").reason == "is not a JSON object");
  CHECK(refuse("null").reason == "is not a JSON object");
  CHECK(refuse(R"({"a":1}{"b":2})").reason == "has text behind the object");
  CHECK(refuse(R"({"a":1} trailing)").reason == "has text behind the object");
  CHECK(refuse(R"({"a":1}})").reason == "has text behind the object");
  CHECK(refuse(R"({"a":1}])").reason == "has text behind the object");
}

TEST_CASE("a decoder reads objects rightly whatever shapes it has seen before") {
  body_decoder decoder;
  const std::vector<std::string> bodies{R"({"a":1,"level":"info","b":{"c":1,"d":2}})",
                                        R"({"level":"warn","a":{"c":3},"b":"x"})",
                                        R"({"a":1})",
                                        R"({"a\"":1,"a":2,"ab":3})",
                                        R"({"b":{"d":5,"c":6},"metadata":{"a":7}})",
                                        R"({"metadata":{"a":{"x":1}},"a":{"x":2}})",
                                        R"({"metadata":8,"a":{"x":{"y":3}}})"};
  for (int round = 0; round < 3; ++round)
    for (const std::string& body : bodies) {
      INFO(body);
      CHECK(decoder.decode(body).events == std::vector{decode(body)});
    }
}

TEST_CASE("events of more names than there are columns keep all their fields") {
  body_decoder decoder;
  for (int round = 0; round < 2; ++round) {
    std::string body;
    for (int row = 0; row < 300; ++row) {
      body += "{\"row\":" + std::to_string(row);
      for (int i = 0; i < 10; ++i)
        body += ",\"n" + std::to_string(row * 10 + i) + "\":\"" + std::to_string(i) + "\"";
      body += "}\n";
    }
    const decoded_body found = decoder.decode(body);
    REQUIRE(found.events.size() == 300);
    for (std::size_t row = 0; row < 300; ++row) {
      REQUIRE(found.events[row].fields.size() == 11);
      for (const field& each : found.events[row].fields)
        if (each.name != "row")
          REQUIRE(each.value == each.name.substr(each.name.size() - 1));
    }
  }
}

TEST_CASE("names cannot take many times the memory of the text that they stand in") {
  // Each field's full name repeats the name of the object around it.
  std::string text = "{\"" + std::string(100'000, 'n') + "\":{\"a0\":0";
  for (int i = 1; i < 900; ++i) text += ",\"a" + std::to_string(i) + "\":0";
  text += "}}";
  const object_fault fault = refuse(text);
  CHECK(fault.reason.find("name") != std::string::npos);
  CHECK(fault.member.size() < 1000);
}

TEST_CASE("an object of very many members that are no fields is rejected") {
  CHECK_FALSE(refuse("{\"a\":{}" + repeated(",\"a\":{}", 200'000) + "}").reason.empty());
}

TEST_CASE("an object is rejected once there is more text than a batch can hold, and not before") {
  json_object_decoder decoder{json_limits{}};
  batch_builder builder{1};
  const std::string text = R"({"a":1})" + std::string(simdjson::SIMDJSON_PADDING, ' ');
  const std::string_view object{text.data(), text.size() - simdjson::SIMDJSON_PADDING};
  // The same memory again and again, and never built.
  const std::string large(64 * 1024 * 1024, 'x');
  const auto add_large_row = [&] {
    builder.begin_row();
    builder.set_stream("", level::info);
    builder.set_message(large);
    builder.end_row();
  };
  for (int i = 0; i < 63; ++i) add_large_row();
  CHECK_FALSE(decoder.decode(object, 0, builder).has_value());
  builder.begin_row();
  builder.set_message(std::string_view{large}.substr(0, large.size() - 100));
  builder.end_row();
  CHECK(decoder.decode(object, 0, builder).has_value());
}
