// SPDX-License-Identifier: MIT
// Filters on streams, on times and on rows, each for itself.
#include "engine/query/row_match.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <map>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
constexpr timestamp latest = std::numeric_limits<timestamp>::max();

// One run with rows at the given times.
part make_part(const std::vector<timestamp>& times, row_floor floor = {}) {
  std::vector<event> events;
  for (const timestamp time : times) events.push_back(make_event(time));
  return {make_batch(events, {}, 0), floor};
}

row_range range_of(const part& in, timestamp from, timestamp to) {
  row_filter filter;
  filter.from = from;
  filter.to = to;
  return rows_in_time(in, in.rows->runs()[0], filter);
}

bool matches(const row_filter& filter, const event& what) {
  const auto rows = make_batch(std::vector{what});
  return row_matcher{filter}(*rows, 0);
}

}  // namespace

TEST_CASE("a stream matches by level and by any of the services") {
  const auto rows = make_batch(std::vector{make_event(1, "", level::warn, "api")});
  const stream_run& run = rows->runs()[0];
  row_filter filter;
  CHECK(matches_stream(filter, run));
  filter.services = {"web", "api"};
  CHECK(matches_stream(filter, run));
  filter.services = {"web", "ap"};
  CHECK_FALSE(matches_stream(filter, run));
  filter.services.clear();
  filter.levels = {};
  CHECK_FALSE(matches_stream(filter, run));
  filter.levels.insert(level::warn);
  CHECK(matches_stream(filter, run));
}

TEST_CASE("an empty service can be asked for") {
  const auto rows = make_batch(std::vector{make_event(1, "", level::info, "")});
  row_filter filter;
  filter.services = {""};
  CHECK(matches_stream(filter, rows->runs()[0]));
  filter.services = {"api"};
  CHECK_FALSE(matches_stream(filter, rows->runs()[0]));
}

TEST_CASE("a range of time includes its begin and excludes its end") {
  const part in = make_part({10, 20, 20, 30});
  CHECK(range_of(in, 20, 30) == row_range{1, 3});
  CHECK(range_of(in, 10, 20) == row_range{0, 1});
  CHECK(range_of(in, 11, 31) == row_range{1, 4});
  CHECK(range_of(in, earliest, latest) == row_range{0, 4});
  CHECK(range_of(in, 21, 30).empty());
  CHECK(range_of(in, 31, latest).empty());
  CHECK(range_of(in, earliest, 10).empty());
  CHECK(range_of(in, 30, 20).empty());
}

TEST_CASE("events at the very ends of time are within a range without ends") {
  const part in = make_part({earliest, 0, latest});
  CHECK(range_of(in, earliest, latest) == row_range{0, 3});
  CHECK(range_of(in, latest, latest) == row_range{2, 3});
  CHECK(range_of(in, earliest, latest - 1) == row_range{0, 2});
}

TEST_CASE("rows below a part's floor are in no range of time") {
  CHECK(range_of(make_part({10, 20, 20, 30}, {20, 2}), earliest, latest) == row_range{2, 4});
  CHECK(range_of(make_part({10, 20, 20, 30}, {20, 2}), 5, 25) == row_range{2, 3});
  CHECK(range_of(make_part({10, 20}, {21, 0}), earliest, latest).empty());
}

TEST_CASE("rows are counted in the minute they lie in") {
  const part in = make_part({-1, 0, 1, nanoseconds_per_minute, 3 * nanoseconds_per_minute, latest});
  std::map<std::int64_t, std::uint64_t> minutes{{0, 10}};
  count_minutes(*in.rows, {0, 6}, minutes);
  CHECK(minutes ==
        std::map<std::int64_t, std::uint64_t>{{-1, 1}, {0, 12}, {1, 1}, {3, 1}, {minute_of(latest), 1}});
  count_minutes(*in.rows, {2, 2}, minutes);
  CHECK(minutes.at(0) == 12);
}

TEST_CASE("a row matches by its message") {
  row_filter filter;
  CHECK(row_matcher{filter}.trivial());
  filter.contains = "Dead";
  CHECK_FALSE(row_matcher{filter}.trivial());
  CHECK(matches(filter, make_event(1, "a deadlock")));
  CHECK_FALSE(matches(filter, make_event(1, "de-ad")));
  filter.case_sensitive = true;
  CHECK_FALSE(matches(filter, make_event(1, "a deadlock")));
}

TEST_CASE("a row matches by its fields' exact texts, literal or not") {
  event what = make_event(1, "text");
  what.fields = {{"user.id", "17", true}, {"user.name", "ann", false}, {"empty", "", false}};
  row_filter filter;
  filter.fields = {{"user.id", "17"}};
  CHECK_FALSE(row_matcher{filter}.trivial());
  CHECK(matches(filter, what));
  filter.fields = {{"user.id", "17"}, {"user.name", "ann"}};
  CHECK(matches(filter, what));
  filter.fields = {{"user.id", "17"}, {"user.name", "an"}};
  CHECK_FALSE(matches(filter, what));
  filter.fields = {{"empty", ""}};
  CHECK(matches(filter, what));
  filter.fields = {{"absent", ""}};
  CHECK_FALSE(matches(filter, what));
}

TEST_CASE("counts need no rows only where neither text nor fields are asked for") {
  row_filter filter;
  filter.services = {"api"};
  filter.from = 5;
  CHECK(filter.by_index_only());
  filter.contains = "x";
  CHECK_FALSE(filter.by_index_only());
  filter.contains.clear();
  filter.fields = {{"a", "b"}};
  CHECK_FALSE(filter.by_index_only());
}
