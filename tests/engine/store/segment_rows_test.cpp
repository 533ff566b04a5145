// SPDX-License-Identifier: MIT
// Runs are merged by time, then sequence, however they interleave.
#include "engine/store/segment_rows.hpp"

#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// `count` rows each `step` apart, from `first` on.
part spaced(timestamp first, timestamp step, int count, std::uint64_t sequence) {
  std::vector<event> events;
  for (int i = 0; i < count; ++i) events.push_back(make_event(first + i * step, "m"));
  return {make_batch(events, segment_origin, sequence), {}};
}

std::vector<row_span> spans_of(const std::vector<part>& parts) {
  const auto runs = gather_runs(parts);
  run_merge merge{runs};
  std::vector<row_span> spans;
  while (!merge.done()) {
    spans.push_back(merge.next());
    merge.pass(spans.back().rows());
  }
  return spans;
}

}  // namespace

TEST_CASE("runs one behind the other are walked in one span each") {
  CHECK(spans_of({spaced(0, 1, 1000, 0), spaced(5000, 1, 1000, 1000), spaced(1000, 1, 1000, 2000)}).size() ==
        3);
}

TEST_CASE("runs that take turns are walked in order") {
  const std::uint64_t seed = seed_or(38);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 200; ++round) {
    std::vector<part> parts;
    std::size_t rows = 0;
    for (std::uint32_t left = 1 + random.below(5); left > 0; --left) {
      const int count = static_cast<int>(1 + random.below(50));
      parts.push_back(spaced(random.below(30), random.below(4), count, rows));
      rows += static_cast<std::size_t>(count);
    }
    const auto runs = gather_runs(parts);
    std::vector<event_id> ids;
    for (const row_span& span : spans_of(parts))
      for (std::uint32_t row = span.begin; row < span.end; ++row) ids.push_back(runs[span.run].rows->id(row));
    REQUIRE(ids.size() == rows);
    REQUIRE(std::is_sorted(ids.begin(), ids.end()));
  }
}

TEST_CASE("rows before a part's floor are in no run") {
  part cut = spaced(0, 1, 10, 0);
  cut.floor = {4, 4};
  const auto runs = gather_runs(std::vector{cut});
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].begin == 4);
  cut.floor = {100, 0};
  CHECK(gather_runs(std::vector{cut}).empty());
}
