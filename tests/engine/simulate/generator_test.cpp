// SPDX-License-Identifier: MIT
// What simulated events promise: their shape, their times, their levels and that a seed repeats them.
#include "engine/simulate/generator.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace logstream;
using nlohmann::json;

namespace {

// date -u -d 2026-11-24T12:00:00Z +%s
constexpr timestamp noon = 1'795'521'600 * nanoseconds_per_second;

std::string make_body(const generator_options& options) {
  std::string body;
  event_generator generator{options};
  generator.append(body, options.count);
  return body;
}

std::vector<json> make_events(const generator_options& options) {
  std::vector<json> events;
  std::istringstream lines{make_body(options)};
  for (std::string line; std::getline(lines, line);) events.push_back(json::parse(line));
  return events;
}

/// The most events of `level` that any span of `seconds` holds, for events one millisecond apart.
std::size_t busiest_span(const std::vector<json>& events, const std::string& level, std::size_t seconds) {
  std::size_t most = 0;
  std::deque<std::size_t> inside;
  for (std::size_t index = 0; index < events.size(); ++index) {
    if (events[index]["level"] != level)
      continue;
    inside.push_back(index);
    while (inside.front() + seconds * 1000 <= index) inside.pop_front();
    most = std::max(most, inside.size());
  }
  return most;
}

std::string only_timestamp(timestamp start) {
  generator_options options;
  options.count = 1;
  options.start = start;
  options.step = 0;
  return make_events(options).front()["timestamp"];
}

}  // namespace

TEST_CASE("a generator makes exactly as many events as asked for") {
  generator_options options;
  options.count = 25;
  event_generator generator{options};
  std::string body;
  CHECK(generator.remaining() == 25);
  CHECK(generator.append(body, 10) == 10);
  CHECK(generator.remaining() == 15);
  CHECK(generator.append(body, 100) == 15);
  CHECK(generator.append(body, 100) == 0);
  CHECK(std::count(body.begin(), body.end(), '\n') == 25);
  CHECK(body.back() == '\n');
}

TEST_CASE("appending leaves what the body held before") {
  event_generator generator{generator_options{}};
  std::string body = "kept\n";
  generator.append(body, 1);
  CHECK(body.starts_with("kept\n{"));
}

TEST_CASE("the same options give the same bytes, in one piece or in many") {
  generator_options options;
  options.count = 500;
  options.seed = 7;
  options.start = noon;
  event_generator generator{options};
  std::string pieces;
  while (generator.append(pieces, 13) > 0) {
    // nop
  }
  CHECK(pieces == make_body(options));
}

TEST_CASE("another seed gives other events") {
  generator_options options;
  options.count = 10;
  const auto first = make_body(options);
  options.seed = 2;
  CHECK(make_body(options) != first);
}

TEST_CASE("a simulated event has every member a reader filters by") {
  generator_options options;
  options.count = 2000;
  options.start = noon;
  for (const auto& event : make_events(options)) {
    REQUIRE(event.size() == 5);
    REQUIRE(event["timestamp"].get<std::string>().size() == 30);
    REQUIRE_FALSE(event["level"].get<std::string>().empty());
    REQUIRE_FALSE(event["service"].get<std::string>().empty());
    REQUIRE(event["message"].get<std::string>().size() > 20);
    const auto& metadata = event["metadata"];
    REQUIRE(metadata.size() == 6);
    REQUIRE_FALSE(metadata["host"].get<std::string>().empty());
    REQUIRE(metadata["trace_id"].get<std::string>().size() == 32);
    REQUIRE(metadata["user_id"].get<int>() >= 1000);
    REQUIRE(metadata["latency_ms"].get<double>() > 0);
    REQUIRE(metadata["path"].get<std::string>().starts_with('/'));
    REQUIRE(metadata["status"].get<int>() >= 200);
    REQUIRE(metadata["status"].get<int>() < 600);
  }
}

TEST_CASE("no message shows an unfilled hole") {
  generator_options options;
  options.count = 5000;
  for (const auto& event : make_events(options))
    REQUIRE(event["message"].get<std::string>().find_first_of("{}") == std::string::npos);
}

TEST_CASE("timestamps rise by about one step and end before now") {
  generator_options options;
  options.count = 3000;
  options.end_at(noon);
  CHECK(options.start == noon - 3 * nanoseconds_per_second);
  const auto events = make_events(options);
  CHECK(events.front()["timestamp"].get<std::string>().starts_with("2026-11-24T11:59:57.000"));
  CHECK(events.back()["timestamp"].get<std::string>().starts_with("2026-11-24T11:59:59.999"));
  for (std::size_t index = 1; index < events.size(); ++index)
    REQUIRE(events[index - 1]["timestamp"].get<std::string>() <
            events[index]["timestamp"].get<std::string>());
}

TEST_CASE("without a step all events happen at the start") {
  generator_options options;
  options.count = 3;
  options.start = noon;
  options.step = GENERATE(0, -5);
  for (const auto& event : make_events(options))
    CHECK(event["timestamp"] == "2026-11-24T12:00:00.000000000Z");
}

TEST_CASE("timestamps are right on either side of midnight, of a leap day and of 1970") {
  CHECK(only_timestamp(0) == "1970-01-01T00:00:00.000000000Z");
  CHECK(only_timestamp(-1) == "1969-12-31T23:59:59.999999999Z");
  // date -u -d 2024-02-29T23:59:59Z +%s
  CHECK(only_timestamp(1'709'251'199 * nanoseconds_per_second + 5) == "2024-02-29T23:59:59.000000005Z");
  CHECK(only_timestamp(1'709'251'200 * nanoseconds_per_second) == "2024-03-01T00:00:00.000000000Z");
}

TEST_CASE("ten thousand events of the default mix fire both default rules") {
  const auto seed = GENERATE(range(1, 6));
  generator_options options;
  options.seed = static_cast<std::uint64_t>(seed);
  const auto events = make_events(options);
  CHECK(busiest_span(events, "ERROR", 60) >= 10);
  CHECK(busiest_span(events, "CRITICAL", 30) >= 3);
}

TEST_CASE("levels come in the proportions of the mix, and a level without weight never") {
  generator_options options;
  options.mix = *level_mix::parse("trace=50,error=25,critical=25");
  std::map<std::string, int> counts;
  for (const auto& event : make_events(options)) ++counts[event["level"].get<std::string>()];
  REQUIRE(counts.size() == 3);
  // 10,000 draws: the standard deviation is at most 50.
  CHECK(counts["TRACE"] == Approx(5000).margin(250));
  CHECK(counts["ERROR"] == Approx(2500).margin(250));
  CHECK(counts["CRITICAL"] == Approx(2500).margin(250));
}

TEST_CASE("errors carry a server error status") {
  generator_options options;
  options.count = 500;
  options.mix = *level_mix::parse("error=1,critical=1");
  for (const auto& event : make_events(options)) REQUIRE(event["metadata"]["status"].get<int>() >= 500);
}

TEST_CASE("trace ids are unique while services and hosts repeat") {
  generator_options options;
  std::set<std::string> traces;
  std::set<std::string> services;
  std::set<std::string> hosts;
  for (const auto& event : make_events(options)) {
    traces.insert(event["metadata"]["trace_id"]);
    hosts.insert(event["metadata"]["host"]);
    services.insert(event["service"]);
  }
  CHECK(traces.size() == 10'000);
  CHECK(services.size() == 20);
  CHECK(hosts.size() == 50);
}
