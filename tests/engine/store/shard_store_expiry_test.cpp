// SPDX-License-Identifier: MIT
// Which segments a shard lets go, and which it keeps whatever the clock says.
#include "engine/store/shard_store.hpp"
#include "tests/engine/store/support/shard_rig.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
constexpr timestamp latest = std::numeric_limits<timestamp>::max();

using times = std::vector<timestamp>;

// A shard with a segment for each list, of rows at these times.
shard_rig segments_at(const std::vector<times>& segments) {
  shard_rig rig;
  for (const times& each : segments) {
    std::vector<event> events;
    for (const timestamp time : each) events.push_back(make_event(time));
    rig.append(std::move(events));
    rig.seal();
  }
  return rig;
}

// The times of all rows that are left after an expiry.
times after_expiry(const std::vector<times>& segments, timestamp now, std::int64_t age) {
  shard_rig rig = segments_at(segments);
  if (const auto order = rig.store->expire(now, age))
    REQUIRE(rig.complete(order));
  times left;
  for (const model_row& each : rig.find(every_row())) left.push_back(each.id.time);
  CHECK(rig.store->figures().events == left.size());
  CHECK(rig.reopen().clean());
  CHECK(rig.find(every_row()).size() == left.size());
  return left;
}

}  // namespace

TEST_CASE("a segment expires once all of its rows are older than the age") {
  const std::vector<times> segments{{0, 100}, {50, 300}, {400}};
  CHECK(after_expiry(segments, 400, 400) == times{0, 50, 100, 300, 400});
  CHECK(after_expiry(segments, 400, 300) == times{0, 50, 100, 300, 400});
  CHECK(after_expiry(segments, 400, 299) == times{50, 300, 400});
  CHECK(after_expiry(segments, 400, 50) == times{400});
}

TEST_CASE("a clock that leaps ahead expires only what is older than the age beside the newest row") {
  CHECK(after_expiry({{0}, {900}, {1000}}, latest, 200) == times{900, 1000});
  CHECK(after_expiry({{1000}}, latest, 0) == times{1000});
}

TEST_CASE("rows of the future do not make rows of today expire") {
  CHECK(after_expiry({{0}, {900}, {latest}}, 1000, 200) == times{900, latest});
}

TEST_CASE("a clock that lies before all rows expires nothing") {
  CHECK(after_expiry({{0}, {1000}}, earliest, 0) == times{0, 1000});
  CHECK(after_expiry({{0}, {1000}}, -5, 0) == times{0, 1000});
}

TEST_CASE("times at the very ends of time do not confuse an expiry") {
  CHECK(after_expiry({{earliest}, {latest}}, latest, latest) == times{latest});
  CHECK(after_expiry({{earliest}, {0}}, 0, latest) == times{0});
  CHECK(after_expiry({{earliest}, {latest}}, earliest, latest) == times{earliest, latest});
}

TEST_CASE("nothing expires where nothing is sealed or nothing is old enough") {
  shard_rig rig;
  CHECK_FALSE(rig.store->expire(1000, 1));
  CHECK_FALSE(rig.store->expire_beyond(0));
  rig.append({make_event(0)});
  CHECK_FALSE(rig.store->expire(1000, 1));
  CHECK_FALSE(rig.store->expire_beyond(0));
}

TEST_CASE("the oldest segments go until the others have no more bytes than they may") {
  shard_rig rig = segments_at({{500}, {0, 1}, {900}});
  const std::uint64_t bytes = rig.store->figures().disk_bytes;
  CHECK_FALSE(rig.store->expire_beyond(bytes));
  REQUIRE(rig.complete(rig.store->expire_beyond(bytes - 1)));
  auto left = rig.find(every_row());
  REQUIRE(left.size() == 2);
  CHECK(left[0].id.time == 500);
  CHECK(rig.store->figures().disk_bytes < bytes);
  REQUIRE(rig.complete(rig.store->expire_beyond(0)));
  CHECK(rig.find(every_row()).empty());
  CHECK(rig.store->figures().disk_bytes == 0);
}

TEST_CASE("an expiry that fails leaves every row where it was and can be done again") {
  for (std::uint64_t call = 1; call <= 5; ++call) {
    INFO("call " << call);
    shard_rig rig = segments_at({{0}, {1000}});
    rig.disk->fail({.call = call});
    CHECK_FALSE(rig.complete(rig.store->expire(1000, 10)));
    CHECK(rig.find(every_row()).size() == 2);
    REQUIRE(rig.complete(rig.store->expire(1000, 10)));
    CHECK(rig.find(every_row()).size() == 1);
    CHECK(rig.store->figures().events == 1);
    CHECK_FALSE(rig.store->expire(1000, 10));
  }
}

TEST_CASE("rows of a segment that expired can be read by whoever had asked before") {
  shard_rig rig = segments_at({{0, 1, 2}});
  snapshot held = rig.store->candidates({});
  REQUIRE(rig.complete(rig.store->expire_beyond(0)));
  CHECK(rig.find(every_row()).empty());
  const auto found = find_rows(every_row(), std::move(held));
  CHECK(found.size() == 3);
}
