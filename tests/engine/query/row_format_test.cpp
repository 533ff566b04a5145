// SPDX-License-Identifier: MIT
// Answers in every format: exact bytes for plain rows, and parsed back for random ones.
#include "engine/query/row_format.hpp"

#include "engine/wire/time_text.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;
using nlohmann::json;

namespace {

std::shared_ptr<batch> two_rows() {
  std::vector<event> events{make_event(0, "plain", level::warn, "api"),
                            make_event(1'500'000'000, "a \"b\",\nc", level::warn, "api")};
  events[1].fields = {{"id", "17", true}, {"text", "x y", false}};
  return make_batch(events, {1, 2}, 3);
}

std::string write(row_format format, const batch& rows, const std::optional<event_id>& next = std::nullopt) {
  std::string out;
  row_writer writer{format};
  writer.open(out);
  for (std::uint32_t row = 0; row < rows.rows(); ++row) writer.row(out, rows, row);
  writer.close(out, next);
  CHECK(writer.count() == rows.rows());
  return out;
}

void check_event(const json& found, const batch& rows, std::uint32_t row) {
  const event expected = rows.materialize(row);
  REQUIRE(found.size() == 6);
  REQUIRE(found["id"] == to_string(rows.id(row)));
  REQUIRE(parse_rfc3339(found["timestamp"].get<std::string>()) == expected.time);
  REQUIRE(found["level"] == std::string{to_string(expected.severity)});
  REQUIRE(found["service"] == expected.service);
  REQUIRE(found["message"] == expected.message);
  REQUIRE(found["metadata"].size() == expected.fields.size());
  for (const field& each : expected.fields)
    REQUIRE(found["metadata"][each.name] == (each.literal ? json::parse(each.value) : json(each.value)));
}

// Reads RFC 4180 by its definition.
std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
  std::vector<std::vector<std::string>> records;
  while (!text.empty()) {
    records.emplace_back();
    for (bool more = true; more;) {
      std::string value;
      if (text.front() == '"') {
        for (text.remove_prefix(1); text.front() != '"' || text.substr(0, 2) == "\"\"";
             text.remove_prefix(1)) {
          if (text.front() == '"')
            text.remove_prefix(1);
          value += text.front();
        }
        text.remove_prefix(1);
      } else {
        const std::size_t end = text.find_first_of(",\r");
        value = text.substr(0, end);
        text.remove_prefix(end);
      }
      records.back().push_back(value);
      more = text.front() == ',';
      text.remove_prefix(more ? 1 : 2);
    }
  }
  return records;
}

}  // namespace

TEST_CASE("an answer in JSON is one object of events, their count and the next cursor") {
  const auto rows = two_rows();
  CHECK(
      write(row_format::json, *rows) ==
      R"({"logs":[{"id":"80000000000000000102000000000003","timestamp":"1970-01-01T00:00:00Z","level":"WARN",)"
      R"("service":"api","message":"plain","metadata":{}},)"
      R"({"id":"8000000059682f000102000000000004","timestamp":"1970-01-01T00:00:01.500Z","level":"WARN",)"
      R"("service":"api","message":"a \"b\",\nc","metadata":{"id":17,"text":"x y"}}],"count":2,"next_cursor":null})");
  CHECK(json::parse(write(row_format::json, *rows, rows->id(1)))["next_cursor"] == to_string(rows->id(1)));
}

TEST_CASE("an answer of no rows is valid in every format") {
  std::string out;
  const row_writer empty{row_format::json};
  empty.open(out);
  empty.close(out, std::nullopt);
  CHECK(out == R"({"logs":[],"count":0,"next_cursor":null})");
  out.clear();
  for (const row_format format : {row_format::ndjson, row_format::text}) {
    row_writer{format}.open(out);
    row_writer{format}.close(out, std::nullopt);
  }
  CHECK(out.empty());
  row_writer{row_format::csv}.open(out);
  CHECK(out == "id,timestamp,level,service,message,metadata\r\n");
}

TEST_CASE("CSV quotes what has commas, quotes or line ends") {
  CHECK(write(row_format::csv, *two_rows()) ==
        "id,timestamp,level,service,message,metadata\r\n"
        "80000000000000000102000000000003,1970-01-01T00:00:00Z,WARN,api,plain,{}\r\n"
        "8000000059682f000102000000000004,1970-01-01T00:00:01.500Z,WARN,api,\"a \"\"b\"\",\nc\","
        "\"{\"\"id\"\":17,\"\"text\"\":\"\"x y\"\"}\"\r\n");
}

TEST_CASE("a row is one line of text, with its line ends as escapes") {
  CHECK(write(row_format::text, *two_rows()) ==
        "1970-01-01T00:00:00Z WARN api plain\n"
        "1970-01-01T00:00:01.500Z WARN api a \"b\",\\nc id=17 text=\"x y\"\n");
  const auto nameless = make_batch(std::vector{make_event(0, "m", level::info, "")}, {}, 0);
  CHECK(write(row_format::text, *nameless) == "1970-01-01T00:00:00Z INFO - m\n");
}

TEST_CASE("random rows written as JSON, NDJSON and CSV are read back, and as text take one line each") {
  const std::uint64_t seed = seed_or(19);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 30; ++round) {
    const auto rows = make_batch(
        random_events(random, {.names = 12, .extreme_times = 10}, 1 + random.below(40)), {1, 2}, 5);
    const json answer = json::parse(write(row_format::json, *rows));
    const std::string lines = write(row_format::ndjson, *rows);
    const auto records = parse_csv(write(row_format::csv, *rows));
    const std::string text = write(row_format::text, *rows);
    REQUIRE(answer["count"] == rows->rows());
    REQUIRE(answer["logs"].size() == rows->rows());
    REQUIRE(std::count(lines.begin(), lines.end(), '\n') == rows->rows());
    REQUIRE(std::count(text.begin(), text.end(), '\n') == rows->rows());
    REQUIRE(records.size() == rows->rows() + 1);
    std::string_view rest = lines;
    for (std::uint32_t row = 0; row < rows->rows(); ++row) {
      check_event(answer["logs"][row], *rows, row);
      check_event(json::parse(rest.substr(0, rest.find('\n'))), *rows, row);
      rest.remove_prefix(rest.find('\n') + 1);
      const auto& record = records[row + 1];
      REQUIRE(record.size() == 6);
      check_event({{"id", record[0]},
                   {"timestamp", record[1]},
                   {"level", record[2]},
                   {"service", record[3]},
                   {"message", record[4]},
                   {"metadata", json::parse(record[5])}},
                  *rows, row);
    }
  }
}

TEST_CASE("formats are known by their names and have media types") {
  CHECK(parse_row_format("json") == row_format::json);
  CHECK(parse_row_format("ndjson") == row_format::ndjson);
  CHECK(parse_row_format("jsonl") == row_format::ndjson);
  CHECK(parse_row_format("csv") == row_format::csv);
  CHECK(parse_row_format("text") == row_format::text);
  CHECK(parse_row_format("JSON") == std::nullopt);
  CHECK(parse_row_format("") == std::nullopt);
  CHECK(media_type(row_format::json) == "application/json");
  CHECK(media_type(row_format::ndjson) == "application/x-ndjson");
  CHECK(media_type(row_format::csv) == "text/csv; charset=utf-8");
  CHECK(media_type(row_format::text) == "text/plain; charset=utf-8");
}
