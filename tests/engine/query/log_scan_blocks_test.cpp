// SPDX-License-Identifier: MIT
// The walk over blocks of segments: the same answers as over memory, and no block read that need not be.
#include "engine/query/log_scan.hpp"
#include "engine/store/segment_prune.hpp"
#include "tests/engine/support/random_queries.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

segment_ptr segment_of(const std::shared_ptr<memory_file_system>& disk, std::vector<part> parts,
                       std::uint32_t block_rows) {
  segment_order order = order_for(std::move(parts));
  order.limits.rows = block_rows;
  auto opened = segment::open(*disk, write_to(disk, std::move(order)));
  REQUIRE(opened);
  return *std::move(opened);
}

std::vector<block_ref> all_blocks(const segment_ptr& of) {
  std::vector<block_ref> blocks;
  for (std::uint32_t i = 0; i < of->directory().blocks().size(); ++i) blocks.push_back({of, i});
  return blocks;
}

// Events of one stream at these times, their messages telling them.
std::vector<event> events_at(timestamp first, int count) {
  std::vector<event> events;
  for (int i = 0; i < count; ++i) events.push_back(make_event(first + i, std::to_string(first + i)));
  return events;
}

// One segment of ten blocks with ten rows each, at the times 0 to 99.
snapshot ten_blocks() {
  return {{},
          all_blocks(segment_of(make_disk(), {{make_batch(events_at(0, 100), segment_origin, 0), {}}}, 10))};
}

batch_ptr read(const block_ref& block) {
  auto rows = block.in->read_block(block.block, column_selection::all());
  REQUIRE(rows);
  return *std::move(rows);
}

// What a walk finds, and the first times of the blocks that it asked for, one by one.
struct walked {
  std::vector<timestamp> found;
  std::vector<timestamp> asked;
};
walked walk_over(const log_query& query, snapshot from) {
  log_scan walk{query, std::move(from)};
  walked seen;
  for (;;) {
    std::uint64_t budget = 1000;
    switch (walk.advance(budget)) {
      case log_scan::state::row:
        seen.found.push_back(walk.rows().times()[walk.row()]);
        break;
      case log_scan::state::unread:
        for (const auto& each : walk.unread(1)) {
          seen.asked.push_back(each.block.head().min_time);
          walk.supply(each.number, read(each.block));
        }
        break;
      case log_scan::state::more:
        break;
      case log_scan::state::end:
        return seen;
    }
  }
}

std::vector<timestamp> times(timestamp first, timestamp last) {
  std::vector<timestamp> made;
  for (timestamp each = first; each != last; each += first < last ? 1 : -1) made.push_back(each);
  return made;
}

}  // namespace

TEST_CASE("rows in blocks and in memory answer what a scan of all events answers") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  random_source random{seed};
  const event_variety how{.services = 3};
  for (int round = 0; round < 10; ++round) {
    const auto disk = make_disk();
    row_model model;
    std::vector<part> memory;
    std::vector<std::pair<segment_ptr, std::string>> segments;
    std::uint64_t sequence = 0;
    for (std::uint32_t left = 2 + random.below(6); left > 0; --left) {
      std::vector<part> parts;
      for (std::uint32_t batches = 1 + random.below(3); batches > 0; --batches) {
        const auto events = random_events(random, how, 1 + random.below(60));
        parts.push_back({make_batch(events, segment_origin, sequence), {}});
        for (const model_row& each : rows_of(parts.back())) model.add(each.id, each.what);
        sequence += events.size();
      }
      if (one_in(random, 3)) {
        memory.insert(memory.end(), parts.begin(), parts.end());
        continue;
      }
      auto made = segment_of(disk, std::move(parts), 1 + random.below(20));
      auto filters = made->read_filters();
      REQUIRE(filters);
      segments.emplace_back(std::move(made), *std::move(filters));
    }
    for (int each = 0; each < 60; ++each) {
      INFO("round " << round << " query " << each);
      const log_query query = random_query(random, how, model);
      snapshot from{memory, {}};
      for (const auto& [in, filters] : segments)
        for (const std::uint32_t block : candidate_blocks(in->directory(), query.filter, filters))
          from.blocks.push_back({in, block});
      const auto found = find_rows(query, std::move(from));
      REQUIRE(difference(found, model.find(query)) == "");
    }
  }
}

TEST_CASE("a walk asks for blocks as it comes to them, and for none behind its limit") {
  log_query query = every_row();
  query.limit = 25;
  CHECK(walk_over(query, ten_blocks()).asked == std::vector<timestamp>{0, 10, 20});
  query.order = time_order::newest_first;
  CHECK(walk_over(query, ten_blocks()).asked == std::vector<timestamp>{90, 80, 70});
}

TEST_CASE("blocks that lie wholly before the cursor are not asked for") {
  log_query query = every_row();
  query.after = event_id{84, segment_origin, 84};
  walked seen = walk_over(query, ten_blocks());
  CHECK(seen.asked == std::vector<timestamp>{80, 90});
  CHECK(seen.found == times(85, 100));
  query.order = time_order::newest_first;
  query.after = event_id{15, segment_origin, 15};
  seen = walk_over(query, ten_blocks());
  CHECK(seen.asked == std::vector<timestamp>{10, 0});
  CHECK(seen.found == times(14, -1));
}

TEST_CASE("a walk names no more blocks at once than it is asked for, and none twice") {
  log_scan walk{every_row(), ten_blocks()};
  std::vector<log_scan::wanted_block> asked;
  std::set<std::uint32_t> numbers;
  std::uint64_t budget = 1000;
  for (const std::size_t most : {3u, 0u, 5u, 5u, 5u}) {
    REQUIRE(walk.advance(budget) == log_scan::state::unread);
    const auto wanted = walk.unread(most);
    CHECK(wanted.size() <= most);
    for (const auto& each : wanted) {
      CHECK(each.block.head().min_time == static_cast<timestamp>(asked.size()) * 10);
      CHECK(numbers.insert(each.number).second);
      asked.push_back(each);
    }
  }
  CHECK(asked.size() == 10);
}

TEST_CASE("blocks may be supplied in any order") {
  log_scan walk{every_row(), ten_blocks()};
  std::uint64_t budget = 1000;
  REQUIRE(walk.advance(budget) == log_scan::state::unread);
  auto wanted = walk.unread(10);
  REQUIRE(wanted.size() == 10);
  std::reverse(wanted.begin(), wanted.end());
  for (const auto& each : wanted) {
    REQUIRE(walk.advance(budget) == log_scan::state::unread);
    walk.supply(each.number, read(each.block));
  }
  std::vector<timestamp> found;
  while (walk.advance(budget) == log_scan::state::row) found.push_back(walk.rows().times()[walk.row()]);
  CHECK(found == times(0, 100));
}

TEST_CASE("a block that could not be read is passed over") {
  log_scan walk{every_row(), ten_blocks()};
  std::uint64_t budget = 1000;
  REQUIRE(walk.advance(budget) == log_scan::state::unread);
  for (const auto& each : walk.unread(10))
    walk.supply(each.number, each.number == 0 || each.number == 4 ? nullptr : read(each.block));
  std::vector<timestamp> found;
  while (walk.advance(budget) == log_scan::state::row) found.push_back(walk.rows().times()[walk.row()]);
  auto expected = times(10, 40);
  const auto rest = times(50, 100);
  expected.insert(expected.end(), rest.begin(), rest.end());
  CHECK(found == expected);
}

TEST_CASE("the row last found can be read until the walk goes on, also the last of a block") {
  log_query query = every_row();
  query.limit = 10;
  log_scan walk{query, ten_blocks()};
  std::uint64_t budget = 1000;
  REQUIRE(walk.advance(budget) == log_scan::state::unread);
  for (const auto& each : walk.unread(1)) walk.supply(each.number, read(each.block));
  for (int i = 0; i < 10; ++i) {
    REQUIRE(walk.advance(budget) == log_scan::state::row);
    CHECK(walk.rows().message(walk.row()) == std::to_string(i));
  }
  CHECK(walk.advance(budget) == log_scan::state::end);
}
