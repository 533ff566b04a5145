// SPDX-License-Identifier: MIT
// The walk over parts: order, limit, cursor, budget, and what it leaves unopened.
#include "engine/query/log_scan.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr std::uint64_t plenty = 1'000'000;

using texts = std::vector<std::string>;

texts scan(const log_query& query, std::vector<part> parts) {
  log_scan walk{query, {std::move(parts), {}}};
  texts found;
  std::uint64_t budget = plenty;
  while (walk.advance(budget) == log_scan::state::row) found.emplace_back(walk.rows().message(walk.row()));
  CHECK(walk.found() == found.size());
  return found;
}

log_query oldest_first() {
  log_query query;
  query.order = time_order::oldest_first;
  return query;
}

// Two parts of one shard whose times overlap, and one of another shard with a time of both.
std::vector<part> three_parts() {
  return {
      {make_batch(std::vector{make_event(1, "1"), make_event(5, "5"), make_event(3, "3", level::error)},
                  {0, 0}, 0),
       {}},
      {make_batch(std::vector{make_event(2, "2"), make_event(5, "5 again"), make_event(6, "6")}, {0, 0}, 3),
       {}},
      {make_batch(std::vector{make_event(4, "4"), make_event(5, "5 elsewhere")}, {0, 1}, 0), {}}};
}

}  // namespace

TEST_CASE("rows of all parts come in the order of their ids, oldest or newest first") {
  const texts expected{"1", "2", "3", "4", "5", "5 again", "5 elsewhere", "6"};
  CHECK(scan(oldest_first(), three_parts()) == expected);
  CHECK(scan({}, three_parts()) == texts(expected.rbegin(), expected.rend()));
}

TEST_CASE("a walk ends at its limit") {
  log_query query = oldest_first();
  query.limit = 3;
  CHECK(scan(query, three_parts()) == texts{"1", "2", "3"});
  query.limit = 0;
  CHECK(scan(query, three_parts()).empty());
}

TEST_CASE("a walk starts strictly beyond its cursor, whether that row is still there or not") {
  log_query query = oldest_first();
  query.after = event_id{5, {0, 0}, 5};
  CHECK(scan(query, three_parts()) == texts{"5 elsewhere", "6"});
  query.after = event_id{5, {0, 0}, 4};
  CHECK(scan(query, three_parts()) == texts{"5 elsewhere", "6"});
  query.order = time_order::newest_first;
  CHECK(scan(query, three_parts()) == texts{"5", "4", "3", "2", "1"});
  query.after = event_id{1, {0, 0}, 0};
  CHECK(scan(query, three_parts()).empty());
}

TEST_CASE("a walk shows only rows that the filter holds for") {
  log_query query = oldest_first();
  query.filter.levels = {};
  query.filter.levels.insert(level::error);
  CHECK(scan(query, three_parts()) == texts{"3"});
  query = oldest_first();
  query.filter.contains = "AGAIN";
  CHECK(scan(query, three_parts()) == texts{"5 again"});
  query = oldest_first();
  query.filter.from = 3;
  query.filter.to = 5;
  CHECK(scan(query, three_parts()) == texts{"3", "4"});
}

TEST_CASE("rows that were evicted are not shown") {
  auto parts = three_parts();
  parts[0].floor = {5, 0};
  parts[1].floor = {5, 5};
  CHECK(scan(oldest_first(), parts) == texts{"4", "5", "5 elsewhere", "6"});
}

TEST_CASE("a walk over nothing ends at once") {
  std::uint64_t budget = 0;
  CHECK(log_scan{{}, {}}.advance(budget) == log_scan::state::end);
}

TEST_CASE("a walk pauses when its budget is used up and goes on where it paused") {
  log_query query = oldest_first();
  query.filter.contains = "6";
  log_scan walk{query, {three_parts(), {}}};
  std::uint64_t budget = 0;
  CHECK(walk.advance(budget) == log_scan::state::more);
  int pauses = 0;
  log_scan::state state = log_scan::state::more;
  while (state == log_scan::state::more) {
    budget = 2;
    state = walk.advance(budget);
    pauses += state == log_scan::state::more ? 1 : 0;
  }
  // Seven rows are looked at in vain, two at a time.
  CHECK(pauses == 3);
  REQUIRE(state == log_scan::state::row);
  CHECK(walk.rows().message(walk.row()) == "6");
  budget = plenty;
  CHECK(walk.advance(budget) == log_scan::state::end);
}

TEST_CASE("a walk for the newest rows does not look at parts that hold only older ones") {
  std::vector<part> parts;
  for (int i = 0; i < 100; ++i) {
    std::vector<event> events;
    for (int k = 0; k < 10; ++k) events.push_back(make_event(i * 10 + k, std::to_string(i * 10 + k)));
    parts.push_back({make_batch(events, {}, static_cast<std::uint64_t>(i) * 10), {}});
  }
  log_query query;
  query.limit = 12;
  log_scan walk{query, {parts, {}}};
  std::uint64_t budget = plenty;
  while (walk.advance(budget) == log_scan::state::row) continue;
  CHECK(walk.found() == 12);
  CHECK(plenty - budget == 12);
}

TEST_CASE("events at the very ends of time are walked over like all others") {
  constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
  constexpr timestamp latest = std::numeric_limits<timestamp>::max();
  const std::vector<part> parts{
      {make_batch(std::vector{make_event(latest, "last"), make_event(earliest, "first")}, {}, 0), {}},
      {make_batch(std::vector{make_event(0, "middle")}, {}, 2), {}}};
  CHECK(scan(oldest_first(), parts) == texts{"first", "middle", "last"});
  CHECK(scan({}, parts) == texts{"last", "middle", "first"});
}
