// SPDX-License-Identifier: MIT
// Rates over a sliding window.
#include "actors/throughput.hpp"

#include <catch2/catch.hpp>

namespace logstream {
namespace {

TEST_CASE("Before the first second is over the rate is what was counted so far") {
  throughput rate;
  CHECK(rate.per_second() == 0);
  rate.add(30);
  rate.add(12);
  CHECK(rate.per_second() == 42);
}

TEST_CASE("A second that is not over does not count once another is") {
  throughput rate;
  rate.add(100);
  rate.tick();
  rate.add(7);
  CHECK(rate.per_second() == 100);
}

TEST_CASE("A rate is the mean of the seconds there were until the window is full") {
  throughput rate;
  rate.add(100);
  rate.tick();
  rate.add(200);
  rate.tick();
  CHECK(rate.per_second() == 150);
}

TEST_CASE("What is older than ten seconds no longer counts") {
  throughput rate;
  rate.add(1'000);
  rate.tick();
  for (int second = 1; second < 10; ++second) {
    rate.add(10);
    rate.tick();
  }
  CHECK(rate.per_second() == 109);
  rate.add(10);
  rate.tick();
  CHECK(rate.per_second() == 10);
}

TEST_CASE("After ten quiet seconds the rate is zero") {
  throughput rate;
  rate.add(1'000);
  rate.tick();
  for (int second = 0; second < 10; ++second) rate.tick();
  CHECK(rate.per_second() == 0);
}

}  // namespace
}  // namespace logstream
