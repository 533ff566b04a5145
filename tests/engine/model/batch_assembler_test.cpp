// SPDX-License-Identifier: MIT
// Batches of columns answer as batches of rows do, and what was left out is not there.
#include "engine/model/batch_assembler.hpp"

#include "engine/model/labels.hpp"
#include "engine/model/rest_entry.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;

namespace {

struct three_rows {
  std::string labels;
  std::vector<timestamp> times{10, 20, nanoseconds_per_minute};
  std::vector<std::uint64_t> sequences{7, 3, 9};
  text_buffer messages;
  text_buffer sizes;
  text_buffer hosts;
  std::vector<std::uint64_t> some{0b101};
  std::vector<std::uint64_t> second{0b10};

  three_rows() {
    append_labels(labels, {{"service", "api"}, {"zone", "b"}});
    for (const char* each : {"one", "two", "three"}) messages.push(each);
    for (const char* each : {"1", "x"}) sizes.push(each);
    for (const char* each : {"h", "h", ""}) hosts.push(each);
  }
  given_rows given() const {
    given_rows rows;
    rows.labels = labels;
    rows.severity = level::warn;
    rows.from = {1, 2};
    rows.times = times;
    rows.sequences = sequences;
    return rows;
  }
};

}  // namespace

TEST_CASE("an assembled batch has the rows it was given") {
  const three_rows source;
  given_rows rows = source.given();
  rows.messages = source.messages.view();
  rows.columns = {{"size", source.sizes.view(), source.some, source.second, false},
                  {"host", source.hosts.view(), {}, {}, true}};
  const auto made = batch_assembler{rows}.assemble();
  REQUIRE(made->rows() == 3);
  CHECK(made->runs()[0].service == "api");
  CHECK(made->runs()[0].labels == source.labels);
  CHECK(made->id(1) == event_id{20, {1, 2}, 3});
  CHECK(made->min_time() == 10);
  CHECK(made->max_time() == nanoseconds_per_minute);
  REQUIRE(made->minutes().size() == 2);
  CHECK(made->minutes()[0].count == 2);
  CHECK(made->message(2) == "three");
  CHECK(made->columns()[0].name() == "host");
  CHECK(made->field_at(0, "size") == cell{"1", false});
  CHECK_FALSE(made->field_at(1, "size"));
  CHECK(made->field_at(2, "size") == cell{"x", true});
  CHECK(made->field_at(2, "host") == cell{"", true});
}

TEST_CASE("what an assembled batch was not given it does not have") {
  const three_rows source;
  const auto made = batch_assembler{source.given()}.assemble();
  CHECK(made->message(0).empty());
  CHECK(made->message(2).empty());
  CHECK_FALSE(made->field_at(0, "size"));
  CHECK_FALSE(made->has_rest());
  CHECK(made->materialize(1).service == "api");
}

TEST_CASE("an assembled batch has the fields of its rest") {
  const three_rows source;
  std::string entry(rest_entry_head + 5, '\0');
  write_rest_entry(entry.data(), "rare", "1", true);
  text_buffer rest;
  rest.push(entry);
  given_rows rows = source.given();
  rows.rest = given_column{{}, rest.view(), source.second, {}, false};
  const auto made = batch_assembler{rows}.assemble();
  CHECK(made->field_at(1, "rare") == cell{"1", true});
  CHECK_FALSE(made->field_at(0, "rare"));
}

TEST_CASE("only whole entries are a rest") {
  std::string entry(rest_entry_head + 5, '\0');
  write_rest_entry(entry.data(), "rare", "1", true);
  CHECK(are_rest_entries(entry));
  CHECK(are_rest_entries(entry + entry));
  CHECK_FALSE(are_rest_entries(""));
  for (std::size_t size = 1; size < entry.size(); ++size)
    CHECK_FALSE(are_rest_entries(entry.substr(0, size)));
  entry[5] = '\xff';
  CHECK_FALSE(are_rest_entries(entry));
}
