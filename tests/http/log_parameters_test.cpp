// SPDX-License-Identifier: MIT
// How the parameters of GET /logs become a query, and what each bad one is told.
#include "http/log_parameters.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;

namespace {

// 2026-11-24T12:00:00Z
constexpr timestamp noon = 1'795'521'600 * nanoseconds_per_second;

result<log_parameters> read(std::string_view query, std::string_view accept = {}) {
  auto given = parameters::parse(query);
  REQUIRE(given);
  return read_log_parameters(std::move(*given), {noon, 1000, accept});
}

log_query good(std::string_view query) {
  auto out = read(query);
  CAPTURE(query);
  REQUIRE(out);
  return out->query;
}

}  // namespace

TEST_CASE("without parameters the newest hundred of all events are asked for") {
  const log_query query = good("");
  CHECK(query.limit == 100);
  CHECK(query.order == time_order::newest_first);
  CHECK(query.filter.levels == level_set::all());
  CHECK(query.filter.by_index_only());
  CHECK_FALSE(query.after.has_value());
}

TEST_CASE("levels and services are lists") {
  const log_query query = good("level=error,Warning&level=fatal&service=a,b&service=c+d");
  CHECK(query.filter.levels.contains(level::error));
  CHECK(query.filter.levels.contains(level::warn));
  CHECK(query.filter.levels.contains(level::critical));
  CHECK_FALSE(query.filter.levels.contains(level::info));
  CHECK(query.filter.services == std::vector<std::string>{"a", "b", "c d"});
}

TEST_CASE("times are moments or counted back from now") {
  CHECK(good("from=15m").filter.from == noon - 15 * nanoseconds_per_minute);
  CHECK(good("to=2026-11-24T11:00:00Z").filter.to == noon - 60 * nanoseconds_per_minute);
  CHECK(good("from=1795521600").filter.from == noon);
}

TEST_CASE("text and fields are conditions") {
  const log_query query = good("q=Card+expired&case=sensitive&field.user_id=7&field.a.b=");
  CHECK(query.filter.contains == "Card expired");
  CHECK(query.filter.case_sensitive);
  REQUIRE(query.filter.fields.size() == 2);
  CHECK(query.filter.fields[0].name == "user_id");
  CHECK(query.filter.fields[0].value == "7");
  CHECK(query.filter.fields[1].value.empty());
}

TEST_CASE("pages have a limit, an order and a start") {
  const event_id at{noon, {0, 1}, 7};
  const log_query query = good("limit=1000&order=asc&cursor=" + to_string(at));
  CHECK(query.limit == 1000);
  CHECK(query.order == time_order::oldest_first);
  CHECK(query.after == at);
}

TEST_CASE("the format is named or negotiated, and the name wins") {
  CHECK(read("format=csv", "application/json")->format == row_format::csv);
  CHECK(read("", "application/x-ndjson")->format == row_format::ndjson);
  CHECK(read("", "image/png").failure().code == errc::unsupported);
  CHECK(read("format=text", "image/png")->format == row_format::text);
}

TEST_CASE("each bad parameter of a query is named") {
  const std::pair<const char*, const char*> table[] = {
      {"levle=error", "'levle'"},
      {"level=loud", "'level' is 'loud'"},
      {"level=", "'level' is ''"},
      {"from=yesterday-ish", "'from' is 'yesterday-ish'"},
      {"to=", "'to' is ''"},
      {"from=2026-11-24T12:00:00Z&to=2026-11-24T11:00:00Z", "'from' is later than 'to'"},
      {"limit=0", "'limit' must be a whole number from 1 to 1000"},
      {"limit=1001", "'limit' must be"},
      {"order=up", "'order' is 'up'"},
      {"cursor=abc", "'cursor' is 'abc'"},
      {"format=xml", "'format' is 'xml'"},
      {"case=maybe", "'case' is 'maybe'"},
      {"field.=x", "'field.'"},
      {"q=a&q=b", "'q' is given twice"},
      {"limit=1&limit=2", "'limit' is given twice"},
      {"by=level", "'by'"},
  };
  for (const auto& [query, fragment] : table) {
    CAPTURE(query, fragment);
    const auto out = read(query);
    REQUIRE_FALSE(out);
    CHECK(out.failure().code == errc::invalid);
    CHECK(out.failure().message.find(fragment) != std::string::npos);
  }
}

TEST_CASE("recent events know only a limit and a format") {
  const auto recent = [](std::string_view query) {
    return read_recent_parameters(std::move(*parameters::parse(query)), {noon, 1000, {}});
  };
  CHECK(recent("limit=5&format=ndjson")->query.limit == 5);
  CHECK_FALSE(recent("level=error"));
}

TEST_CASE("counts are by level unless told otherwise, and know no condition on cells") {
  const auto counted = [](std::string_view query) {
    return read_count_parameters(std::move(*parameters::parse(query)), noon);
  };
  CHECK(counted("")->by == count_by::level);
  CHECK(counted("by=minute&from=1h&service=a")->by == count_by::minute);
  CHECK(counted("by=service")->filter.by_index_only());
  CHECK_FALSE(counted("by=hour"));
  CHECK_FALSE(counted("q=x"));
  CHECK_FALSE(counted("field.a=b"));
}
