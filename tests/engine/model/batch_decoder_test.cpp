// SPDX-License-Identifier: MIT
// Every way in which bytes can fail to be a batch, one at a time, in a batch that is written by hand.
#include "engine/model/batch_decoder.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

using namespace std::string_literals;

// Two rows of one stream: field "c" in both, a literal in the first; "d" in the first; "f" without a column
// in the second.
struct by_hand {
  std::string version = "\x01"s;
  std::string flags = "\x02"s;
  std::string rows = "\x02"s;
  std::string streams = "\x01"s;
  std::string stream = "\x0c\x02\x02\x00\x00"s;
  std::string columns = "\x02"s;
  std::string c = "\x01\x02\x02\x08"s;
  std::string d = "\x01\x01\x01\x00"s;
  std::string messages = "\x02\x02\x00"s;
  std::string rest = "\x01\x0b\x00"s;
  std::string times = "\x01"s;
  std::string sequences;
  std::string c_literals = "\x01\0\0\0\0\0\0\0"s;
  std::string c_sizes = "\x01\x01"s;
  std::string d_rows = "\x01\0\0\0\0\0\0\0"s;
  std::string d_sizes = "\x01"s;
  std::string message_sizes = "\x01\x01"s;
  std::string rest_rows = "\x02\0\0\0\0\0\0\0"s;
  std::string rest_sizes = "\x0b"s;
  std::string labels = "\x07\x00service\x01\x00z"s;
  std::string texts = "cxydwmn"s;
  std::string rest_entries = "\x00\x01\0\0\0\x01\0\0\0fv"s;

  std::string bytes() const {
    return version + flags + rows + streams + stream + columns + c + d + messages + rest + times + sequences +
           c_literals + c_sizes + d_rows + d_sizes + message_sizes + rest_rows + rest_sizes + labels + texts +
           rest_entries;
  }
};

struct fault {
  std::string problem;
  std::function<void(by_hand&)> make;
};

}  // namespace

TEST_CASE("a batch that is written by hand is read") {
  const auto made = batch_decoder{by_hand{}.bytes()}.read();
  REQUIRE(made);
  REQUIRE((*made)->rows() == 2);
  CHECK(event_at(**made, 0) == event{0, level::info, "z", "m", {{"c", "x", true}, {"d", "w", false}}});
  CHECK(event_at(**made, 1) == event{1, level::info, "z", "n", {{"c", "y", false}, {"f", "v", false}}});
}

TEST_CASE("sizes that are wider than they need to be are read") {
  by_hand wide;
  wide.messages = "\x02\x02\x01"s;
  wide.message_sizes = "\x01\0\x01\0"s;
  CHECK(batch_decoder{wide.bytes()}.read());
}

TEST_CASE("each fault of an encoded batch is found and named") {
  const std::vector<fault> faults{
      {"another format", [](by_hand& in) { in.version = "\x02"s; }},
      {"unknown flags", [](by_hand& in) { in.flags = "\x06"s; }},
      {"number of rows", [](by_hand& in) { in.rows = "\0"s; }},
      {"number of rows", [](by_hand& in) { in.rows = "\x80\x80\x80\x80\x10"s; }},
      {"number of streams", [](by_hand& in) { in.streams = "\x7f"s; }},
      {"head of a stream", [](by_hand& in) { in.stream[1] = 7; }},
      {"head of a stream", [](by_hand& in) { in.stream[2] = 0; }},
      {"head of a stream", [](by_hand& in) { in.stream[2] = 3; }},
      {"head of a stream", [](by_hand& in) { in.stream[4] = 4; }},
      {"rows without a stream", [](by_hand& in) { in.stream[2] = 1; }},
      {"number of columns", [](by_hand& in) { in.columns = "\x7f"s; }},
      {"head of a column", [](by_hand& in) { in.c[1] = 0; }},
      {"head of a column", [](by_hand& in) { in.c[1] = 3; }},
      {"head of a column", [](by_hand& in) { in.c[3] = 3; }},
      {"head of a column", [](by_hand& in) { in.c[3] = 12; }},
      {"head of a column", [](by_hand& in) { in.c[2] = 127; }},
      {"head of a column", [](by_hand& in) { in.messages[0] = 1; }},
      {"head of a column", [](by_hand& in) { in.messages[2] = 4; }},
      {"head of a column", [](by_hand& in) { in.rest[0] = 0; }},
      {"size", [](by_hand& in) { in.texts += 'x'; }},
      {"size", [](by_hand& in) { in.times.clear(); }},
      {"times", [](by_hand& in) { in.stream.replace(3, 1, "\xfe\xff\xff\xff\xff\xff\xff\xff\xff\x01"s); }},
      {"sequences",
       [](by_hand& in) {
         in.flags = "\x03"s;
         in.times = "\0"s;
         in.sequences = "\x05\0\0\0\0\0\0\0\x04\0\0\0\0\0\0\0"s;
       }},
      {"which values are literals", [](by_hand& in) { in.c_literals[0] = 0; }},
      {"which values are literals", [](by_hand& in) { in.c_literals[0] = 3; }},
      {"which values are literals", [](by_hand& in) { in.c_literals[0] = 4; }},
      {"which rows have a field", [](by_hand& in) { in.d_rows[0] = 3; }},
      {"which rows have a field", [](by_hand& in) { in.d_rows[0] = 4; }},
      {"which rows have a field", [](by_hand& in) { in.d_rows = "\0\0\0\0\0\0\0\x80"s; }},
      {"sizes of texts", [](by_hand& in) { in.c_sizes = "\x01\x02"s; }},
      {"sizes of texts", [](by_hand& in) { in.message_sizes = "\x01\x00"s; }},
      {"labels", [](by_hand& in) { in.labels[0] = 8; }},
      {"labels", [](by_hand& in) { in.labels = "\x06\x00servic\x00\x00\x00\x00"s; }},
      {"order of columns", [](by_hand& in) { in.texts[0] = 'e'; }},
      {"order of columns", [](by_hand& in) { in.texts[0] = 'd'; }},
      {"fields without a column", [](by_hand& in) { in.rest_entries[0] = 2; }},
      {"fields without a column", [](by_hand& in) { in.rest_entries[1] = 0; }},
      {"fields without a column", [](by_hand& in) { in.rest_entries[8] = 1; }},
      {"fields without a column",
       [](by_hand& in) {
         in.rest = "\x01\x00\x00"s;
         in.rest_sizes = "\0"s;
         in.rest_entries.clear();
       }},
  };
  for (std::size_t i = 0; i < faults.size(); ++i) {
    INFO("fault " << i);
    by_hand broken;
    faults[i].make(broken);
    const auto made = batch_decoder{broken.bytes()}.read();
    REQUIRE_FALSE(made);
    CHECK(made.failure().code == errc::invalid);
    CHECK(made.failure().message == "not an encoded batch: " + faults[i].problem);
  }
}

TEST_CASE("labels and streams stand in their order, each once") {
  by_hand two;
  two.streams = "\x02"s;
  two.stream = "\x06\x02\x01\x00\x00\x06\x01\x01\x00\x00"s;
  two.times.clear();
  two.labels =
      "\x01\x00k\x01\x00"
      "a"
      "\x01\x00k\x01\x00"
      "b"s;
  CHECK(batch_decoder{two.bytes()}.read());
  two.labels[11] = 'a';
  CHECK(batch_decoder{two.bytes()}.read().failure().message == "not an encoded batch: order of streams");
  by_hand twice;
  twice.stream[0] = 12;
  twice.labels =
      "\x01\x00k\x01\x00"
      "a"
      "\x01\x00j\x01\x00"
      "b"s;
  CHECK(batch_decoder{twice.bytes()}.read().failure().message == "not an encoded batch: labels");
}
