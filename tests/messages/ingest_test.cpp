// SPDX-License-Identifier: MIT
// Latency buckets and sums of tallies.
#include "messages/ingest.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>

namespace logstream {
namespace {

TEST_CASE("The bounds of the latency buckets grow, each by at most two thirds") {
  for (std::size_t i = 1; i < latency_bounds.size(); ++i) {
    CHECK(latency_bounds[i] > latency_bounds[i - 1]);
    CHECK(3.0 * latency_bounds[i] <= 5.0 * latency_bounds[i - 1]);
  }
}

TEST_CASE("A latency falls into the first bucket whose bound is not below it") {
  CHECK(latency_bucket(0) == 0);
  CHECK(latency_bucket(10) == 0);
  CHECK(latency_bucket(11) == 1);
  for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
    CHECK(latency_bucket(latency_bounds[i]) == i);
    CHECK(latency_bucket(latency_bounds[i] + 1) == i + 1);
  }
}

TEST_CASE("A latency beyond all bounds falls into the last bucket of a tally") {
  CHECK(latency_bucket(std::numeric_limits<std::uint64_t>::max()) == ingest_tally{}.latency.size() - 1);
}

TEST_CASE("The sum of two tallies is the sum of each of their figures") {
  ingest_tally sum;
  sum.requests = 1;
  sum.accepted = 2;
  sum.lost = 3;
  sum.rejected = 4;
  sum.bytes = 5;
  sum.by_level.fill(6);
  sum.latency.fill(7);
  ingest_tally more;
  more.requests = 10;
  more.accepted = 20;
  more.lost = 30;
  more.rejected = 40;
  more.bytes = 50;
  more.by_level.fill(60);
  more.latency.fill(70);
  sum += more;
  CHECK(sum.requests == 11);
  CHECK(sum.accepted == 22);
  CHECK(sum.lost == 33);
  CHECK(sum.rejected == 44);
  CHECK(sum.bytes == 55);
  CHECK(std::all_of(sum.by_level.begin(), sum.by_level.end(), [](auto each) { return each == 66; }));
  CHECK(std::all_of(sum.latency.begin(), sum.latency.end(), [](auto each) { return each == 77; }));
}

}  // namespace
}  // namespace logstream
