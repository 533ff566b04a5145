// SPDX-License-Identifier: MIT
// Where the oldest events end, against sorting them all.
#include "engine/store/eviction_cut.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <numeric>
#include <tuple>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

using time_lists = std::vector<std::shared_ptr<const std::vector<timestamp>>>;

time_lists lists(const std::vector<std::vector<timestamp>>& times) {
  time_lists made;
  for (const auto& each : times) made.push_back(std::make_shared<const std::vector<timestamp>>(each));
  return made;
}

}  // namespace

TEST_CASE("the minute of the cut is the one that the first event to stay lies in") {
  const minute_sums minutes{{-5, 10}, {0, 3}, {7, 20}};
  for (const auto& [count, minute, left] :
       std::vector<std::tuple<std::uint64_t, std::int64_t, std::uint64_t>>{
           {0, -5, 0}, {9, -5, 9}, {10, 0, 0}, {12, 0, 2}, {13, 7, 0}, {32, 7, 19}}) {
    std::uint64_t remaining = count;
    CHECK(cut_minute(minutes, remaining) == minute);
    CHECK(remaining == left);
  }
}

TEST_CASE("events of one time are taken from the first shards first") {
  const eviction_cut cut = cut_times(lists({{5, 5, 9}, {5, 1}, {5, 5}}), 4);
  CHECK(cut.time == 5);
  CHECK(cut.ties == std::vector<std::uint64_t>{2, 1, 0});
}

TEST_CASE("a cut of no events takes none") {
  const eviction_cut cut = cut_times(lists({{5, 4}, {4}}), 0);
  CHECK(cut.time == 4);
  CHECK(cut.ties == std::vector<std::uint64_t>{0, 0});
  CHECK(cut_times(lists({{}, {}}), 3).ties == std::vector<std::uint64_t>{0, 0});
}

TEST_CASE("a cut of all events and more takes all, at the end of time too") {
  constexpr timestamp latest = std::numeric_limits<timestamp>::max();
  for (const std::uint64_t count : {3u, 100u}) {
    const eviction_cut cut = cut_times(lists({{latest, 7}, {latest}}), count);
    CHECK(cut.time == latest);
    CHECK(cut.ties == std::vector<std::uint64_t>{1, 1});
  }
}

TEST_CASE("a cut takes exactly the events that sorting all by time puts first") {
  const std::uint64_t seed = seed_or(20);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::vector<timestamp>> times(1 + random.below(4));
    std::vector<timestamp> all;
    for (auto& each : times)
      for (std::uint32_t left = random.below(20); left > 0; --left) {
        each.push_back(static_cast<timestamp>(random.below(10)) - 5);
        all.push_back(each.back());
      }
    if (all.empty())
      continue;
    std::sort(all.begin(), all.end());
    const std::size_t count = random.below(static_cast<std::uint32_t>(all.size()));
    const eviction_cut cut = cut_times(lists(times), count);
    REQUIRE(cut.time == all[count]);
    const auto before =
        static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), cut.time) - all.begin());
    REQUIRE(before + std::accumulate(cut.ties.begin(), cut.ties.end(), std::uint64_t{0}) == count);
    for (std::size_t i = 0; i < times.size(); ++i)
      REQUIRE(cut.ties[i] <=
              static_cast<std::uint64_t>(std::count(times[i].begin(), times[i].end(), cut.time)));
  }
}
