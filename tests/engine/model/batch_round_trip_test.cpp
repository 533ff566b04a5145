// SPDX-License-Identifier: MIT
// Random rows come out of batches as they went in, in the order that is promised.
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

void check_order(const batch& in) {
  std::uint32_t next = 0;
  for (const stream_run& run : in.runs()) {
    REQUIRE(run.begin == next);
    REQUIRE(run.begin < run.end);
    next = run.end;
    const auto times = in.times().subspan(run.begin, run.rows());
    REQUIRE(std::is_sorted(times.begin(), times.end()));
  }
  REQUIRE(next == in.rows());
  const auto streams = in.runs();
  REQUIRE(std::is_sorted(streams.begin(), streams.end(), [](const stream_run& a, const stream_run& b) {
    return std::tie(a.labels, a.severity) < std::tie(b.labels, b.severity);
  }));
  const auto [low, high] = std::minmax_element(in.times().begin(), in.times().end());
  REQUIRE(in.min_time() == *low);
  REQUIRE(in.max_time() == *high);
}

void check_minutes(const batch& in) {
  std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> expected;
  for (std::uint32_t run = 0; run < in.runs().size(); ++run)
    for (std::uint32_t row = in.runs()[run].begin; row < in.runs()[run].end; ++row)
      ++expected[{run, minute_of(in.times()[row])}];
  std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> found;
  for (const minute_count& each : in.minutes())
    REQUIRE(found.emplace(std::pair{each.run, each.minute}, each.count).second);
  REQUIRE(found == expected);
}

void check_fields(const batch& in, std::uint32_t row, const event& expected) {
  std::size_t fields = 0;
  in.for_each_field(row, [&](std::string_view, const cell&) { ++fields; });
  REQUIRE(fields == expected.fields.size());
  for (const field& each : expected.fields)
    REQUIRE(in.field_at(row, each.name) == cell{each.value, each.literal});
}

}  // namespace

TEST_CASE("every row comes out of a build as it went in, whatever the number of rows, names and shards") {
  const std::uint64_t seed = seed_or(8);
  INFO(describe_seed(seed));
  random_source random{seed};
  batch_builder builder{3};
  for (int round = 0; round < 120; ++round) {
    INFO("round " << round);
    event_variety how;
    how.services = 1 + random.below(40);
    // Few names make dense columns, many make rests.
    how.names = one_in(random, 4) ? 3000 : 1 + random.below(60);
    how.most_fields = random.below(12);
    const auto events = random_events(random, how, 1 + random.below(one_in(random, 4) ? 1500 : 70));
    for (const event& each : events) add_row(builder, each);
    std::vector<row_place> places;
    const auto built = builder.build(false, &places);
    REQUIRE(places.size() == events.size());
    std::size_t rows = 0;
    for (const built_batch& each : built) {
      check_order(*each.rows);
      check_minutes(*each.rows);
      rows += each.rows->rows();
    }
    REQUIRE(rows == events.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      const batch& in = *built[places[i].built].rows;
      REQUIRE(event_at(in, places[i].row) == with_sorted_fields(events[i]));
      check_fields(in, places[i].row, events[i]);
    }
  }
}

TEST_CASE("rows of one stream and time come out in the order in which they went in") {
  const std::uint64_t seed = seed_or(9);
  INFO(describe_seed(seed));
  random_source random{seed};
  const event_variety how{.services = 2, .names = 1, .most_fields = 0};
  const auto events = random_events(random, how, 2000);
  batch_builder builder{1};
  for (const event& each : events) add_row(builder, each);
  std::vector<row_place> places;
  const auto built = builder.build(false, &places);
  std::map<std::tuple<timestamp, level, std::string>, std::uint32_t> last;
  for (std::size_t i = 0; i < events.size(); ++i) {
    const auto [known, first] =
        last.try_emplace({events[i].time, events[i].severity, events[i].service}, places[i].row);
    if (!first)
      REQUIRE(known->second < places[i].row);
    known->second = places[i].row;
  }
}
