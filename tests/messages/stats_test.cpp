// SPDX-License-Identifier: MIT
// Quantiles of latencies.
#include "messages/stats.hpp"

#include <catch2/catch.hpp>

namespace logstream {
namespace {

ingest_tally answers(std::initializer_list<std::uint64_t> microseconds) {
  ingest_tally tally;
  for (const std::uint64_t each : microseconds) ++tally.latency[latency_bucket(each)];
  return tally;
}

TEST_CASE("Without answers every quantile is zero") {
  CHECK(latency_quantile({}, 0.5) == 0);
  CHECK(latency_quantile({}, 1.0) == 0);
}

TEST_CASE("All quantiles of one answer are the bound of its bucket") {
  const ingest_tally tally = answers({100});
  CHECK(latency_quantile(tally, 0.5) == 110);
  CHECK(latency_quantile(tally, 0.99) == 110);
  CHECK(latency_quantile(tally, 1.0) == 110);
}

TEST_CASE("A quantile is the bound that so many answers kept") {
  const ingest_tally tally = answers({10, 10, 10, 10, 10, 10, 10, 10, 10, 5'000});
  CHECK(latency_quantile(tally, 0.5) == 10);
  CHECK(latency_quantile(tally, 0.9) == 10);
  CHECK(latency_quantile(tally, 0.91) == 6'400);
  CHECK(latency_quantile(tally, 1.0) == 6'400);
}

TEST_CASE("Quantiles do not fall as they rise") {
  const ingest_tally tally = answers({3, 40, 40, 700, 700, 700, 9'000, 80'000, 1'000'000, 9'000'000});
  std::uint32_t before = 0;
  for (int percent = 1; percent <= 100; ++percent) {
    const std::uint32_t now = latency_quantile(tally, percent / 100.0);
    CHECK(now >= before);
    before = now;
  }
}

TEST_CASE("A quantile beyond all bounds is given as the last of them") {
  CHECK(latency_quantile(answers({10'000'000}), 0.5) == latency_bounds.back());
}

}  // namespace
}  // namespace logstream
