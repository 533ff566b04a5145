// SPDX-License-Identifier: MIT
// Minutes of moments before and after 1970, up to the ends of time.
#include "engine/base/clock.hpp"

#include <catch2/catch.hpp>

#include <limits>

using namespace logstream;

namespace {

constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
constexpr timestamp latest = std::numeric_limits<timestamp>::max();

}  // namespace

TEST_CASE("minutes are rounded down on both sides of 1970") {
  CHECK(minute_of(0) == 0);
  CHECK(minute_of(nanoseconds_per_minute - 1) == 0);
  CHECK(minute_of(nanoseconds_per_minute) == 1);
  CHECK(minute_of(-1) == -1);
  CHECK(minute_of(-nanoseconds_per_minute) == -1);
  CHECK(minute_of(-nanoseconds_per_minute - 1) == -2);
}

TEST_CASE("a minute starts at its first moment") {
  for (const std::int64_t minute : {-1'000'000, -2, -1, 0, 1, 28'000'000}) {
    CHECK(minute_of(start_of_minute(minute)) == minute);
    CHECK(minute_of(start_of_minute(minute) - 1) == minute - 1);
  }
}

TEST_CASE("the minutes at the ends of time start within time") {
  CHECK(start_of_minute(minute_of(earliest)) == earliest);
  CHECK(start_of_minute(minute_of(earliest) - 1) == earliest);
  CHECK(minute_of(start_of_minute(minute_of(earliest) + 1)) == minute_of(earliest) + 1);
  CHECK(minute_of(start_of_minute(minute_of(latest))) == minute_of(latest));
  CHECK(start_of_minute(minute_of(latest) + 1) == latest);
}

TEST_CASE("the system's clock tells a time of this century") {
  // date -u -d 2001-01-01 +%s and date -u -d 2101-01-01 +%s
  const timestamp now = system_clock{}.now();
  CHECK(now > 978'307'200 * nanoseconds_per_second);
  CHECK(now < 4'133'980'800 * nanoseconds_per_second);
}
