// SPDX-License-Identifier: MIT
// A segment gives back the rows of its parts, and no block is more than it may be.
#include "engine/store/segment_reader.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

segment_ptr open_segment(const std::shared_ptr<memory_file_system>& disk, const std::string& path) {
  const auto opened = segment::open(*disk, path);
  REQUIRE(opened);
  return *opened;
}

void check_block(const segment& in, std::uint32_t block, const batch& rows) {
  const auto& known = in.directory().blocks()[block];
  REQUIRE(rows.rows() == known.rows);
  REQUIRE(rows.runs().size() == 1);
  REQUIRE(rows.runs()[0].labels == in.directory().stream_of(block).labels);
  REQUIRE(rows.runs()[0].severity == in.directory().stream_of(block).severity);
  REQUIRE(rows.min_time() == known.min_time);
  REQUIRE(rows.max_time() == known.max_time);
  std::map<std::int64_t, std::uint32_t> told;
  in.directory().for_each_minute(block,
                                 [&](std::int64_t minute, std::uint32_t count) { told[minute] = count; });
  std::map<std::int64_t, std::uint32_t> found;
  for (const minute_count& each : rows.minutes()) found[each.minute] = each.count;
  REQUIRE(told == found);
  for (std::uint32_t row = 1; row < rows.rows(); ++row) REQUIRE(rows.id(row - 1) < rows.id(row));
}

part dense_part(std::uint32_t rows, std::size_t message) {
  batch_builder builder{1};
  const std::string text(message, 'x');
  for (std::uint32_t i = 0; i < rows; ++i) {
    builder.begin_row();
    builder.set_time(i);
    builder.set_stream("api", level::info);
    builder.set_message(text);
    builder.end_row();
  }
  auto made = std::move(builder.build().front().rows);
  made->number(segment_origin, 0);
  return {made, {}};
}

}  // namespace

TEST_CASE(
    "a segment holds each row of its parts once, with its id and its fields, and none that was evicted") {
  const std::uint64_t seed = seed_or(31);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    event_variety how;
    how.names = one_in(random, 4) ? 3000 : 1 + random.below(40);
    how.most_fields = random.below(10);
    std::vector<model_row> expected;
    segment_order order = order_for(random_parts(random, how, expected));
    order.limits.rows = 1 + random.below(300);
    order.limits.text_bytes = one_in(random, 2) ? 2000 : 1'000'000;
    const block_limits limits = order.limits;
    const auto disk = make_disk();
    if (expected.empty())
      continue;
    const segment_ptr opened = open_segment(disk, write_to(disk, std::move(order)));
    REQUIRE(opened->info().rows == expected.size());
    for (std::uint32_t block = 0; block < opened->directory().blocks().size(); ++block) {
      const auto read = opened->read_block(block, column_selection::all());
      REQUIRE(read);
      check_block(*opened, block, **read);
      REQUIRE((*read)->rows() <= limits.rows);
    }
    auto found = rows_of(*opened);
    sort_by_id(found);
    sort_by_id(expected);
    REQUIRE(difference(found, expected) == "");

    // Its blocks are parts of the next segment.
    std::vector<part> parts;
    for (std::uint32_t block = 0; block < opened->directory().blocks().size(); ++block)
      parts.push_back({*opened->read_block(block, column_selection::all()), {}});
    auto again = rows_of(*open_segment(disk, write_to(disk, order_for(std::move(parts), 1))));
    sort_by_id(again);
    REQUIRE(difference(again, expected) == "");
  }
}

TEST_CASE("a block of fewer columns has what was asked for and answers nothing else") {
  event rich = make_event(5, "the message");
  rich.fields = {{"a", "1", true}, {"b", "two", false}};
  const auto disk = make_disk();
  const segment_ptr opened =
      open_segment(disk, write_to(disk, order_for({{make_batch(std::vector{rich}, segment_origin, 3), {}}})));
  const auto read = opened->read_block(0, {false, std::vector<std::string>{"b", "c"}});
  REQUIRE(read);
  CHECK((*read)->id(0) == event_id{5, segment_origin, 3});
  CHECK((*read)->message(0).empty());
  CHECK((*read)->field_at(0, "b") == cell{"two", false});
  CHECK_FALSE((*read)->field_at(0, "a"));
  CHECK_FALSE((*read)->field_at(0, "c"));
}

TEST_CASE("a field that few rows have is found by its name alone") {
  std::vector<event> events;
  for (int i = 0; i < 200; ++i) {
    events.push_back(make_event(i, "m"));
    if (i % 100 == 7)
      events.back().fields = {{"rare", std::to_string(i), true}, {"rarer", "x", false}};
  }
  const auto disk = make_disk();
  const segment_ptr opened =
      open_segment(disk, write_to(disk, order_for({{make_batch(events, segment_origin, 0), {}}})));
  REQUIRE(opened->directory().chunks(0).back().kind == chunk_kind::rest);
  const auto read = opened->read_block(0, {false, std::vector<std::string>{"rare"}});
  REQUIRE(read);
  CHECK((*read)->columns().empty());
  CHECK((*read)->field_at(107, "rare") == cell{"107", true});
  CHECK_FALSE((*read)->field_at(106, "rare"));
}

TEST_CASE("a block ends where its rows or its text are enough") {
  const auto disk = make_disk();
  segment_order order = order_for({dense_part(100, 100)});
  order.limits = {64, 3000};
  const segment_ptr by_text = open_segment(disk, write_to(disk, order));
  std::vector<std::uint32_t> rows;
  for (const auto& each : by_text->directory().blocks()) rows.push_back(each.rows);
  CHECK(rows == std::vector<std::uint32_t>{30, 30, 30, 10});

  order.limits = {64, 50};
  order.level = 1;
  const segment_ptr by_row = open_segment(disk, write_to(disk, order));
  CHECK(by_row->directory().blocks().size() == 100);

  order.limits = {64, 1'000'000};
  order.level = 2;
  const segment_ptr by_rows = open_segment(disk, write_to(disk, order));
  CHECK(by_rows->directory().blocks().size() == 2);
}

TEST_CASE("parts without a row that is there make no file") {
  const auto disk = make_disk();
  const part gone{make_batch(std::vector{make_event(1)}, segment_origin, 0), {2, 0}};
  const auto written = write_segment(disk, "shard", order_for({gone}));
  REQUIRE(written);
  CHECK(written->rows == 0);
  CHECK(disk->list("shard")->empty());
}

TEST_CASE("a segment that was written is there after a crash") {
  const auto disk = make_disk();
  const std::string path = write_to(disk, order_for({dense_part(10, 10)}));
  disk->crash();
  CHECK(open_segment(disk, path)->info().rows == 10);
}

TEST_CASE("a write that fails anywhere is an error and leaves no file that opens under the name") {
  const segment_order order = order_for({dense_part(100, 10)});
  const std::string path = "shard/" + segment_name({0, 99, 0});
  for (std::uint64_t call = 1;; ++call) {
    const auto disk = make_disk();
    disk->fail({call, errc::disk_full, true, 50});
    const auto written = write_segment(disk, "shard", order);
    disk->heal();
    if (written) {
      // No call failed.
      REQUIRE(call > 5);
      break;
    }
    INFO("call " << call);
    CHECK(written.failure().code == errc::disk_full);
    disk->crash();
    const auto opened = segment::open(*disk, path);
    CHECK((!opened || (*opened)->info().rows == 100));
  }
}
