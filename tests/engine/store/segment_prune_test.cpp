// SPDX-License-Identifier: MIT
// Blocks that are left out hold no row that is asked for; counts without reading are what reading would
// count.
#include "engine/store/segment_prune.hpp"

#include "engine/query/row_match.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

row_filter random_filter(random_source& random, const event_variety& how,
                         const std::vector<model_row>& rows) {
  row_filter filter;
  const event& one = pick(random, rows).what;
  if (one_in(random, 3)) {
    filter.levels = {};
    filter.levels.insert(one.severity);
  }
  if (one_in(random, 3))
    filter.services = {one.service};
  if (one_in(random, 3))
    filter.from = random_time(random, how);
  if (one_in(random, 3))
    filter.to = random_time(random, how);
  return filter;
}

void add_content(random_source& random, const std::vector<model_row>& rows, row_filter& filter) {
  const event& one = pick(random, rows).what;
  filter.case_sensitive = one_in(random, 2);
  if (one_in(random, 2)) {
    const std::uint32_t begin = random.below(static_cast<std::uint32_t>(one.message.size()));
    filter.contains = one.message.substr(begin, 1 + random.below(20));
  }
  if (!one.fields.empty() && one_in(random, 2)) {
    const field& each = pick(random, one.fields);
    filter.fields = {{each.name, one_in(random, 5) ? "nowhere" : each.value}};
  }
}

segment_ptr random_segment(random_source& random, const event_variety& how, std::vector<model_row>& rows) {
  while (rows.empty()) {
    segment_order order = order_for(random_parts(random, how, rows));
    order.limits.rows = 1 + random.below(60);
    if (rows.empty())
      continue;
    const auto disk = make_disk();
    const auto opened = segment::open(*disk, write_to(disk, std::move(order)));
    REQUIRE(opened);
    return *opened;
  }
  return nullptr;
}

bool holds_any(const segment& in, std::uint32_t block, const row_filter& filter) {
  const auto read = in.read_block(block, column_selection::all());
  REQUIRE(read);
  const auto rows = rows_of(part{*read, {}});
  return std::any_of(rows.begin(), rows.end(),
                     [&](const model_row& each) { return naive_matches(filter, each.what); });
}

std::uint64_t total(const row_counts& counts) {
  std::uint64_t rows = 0;
  for (const auto& [name, count] : counts.groups) rows += count;
  for (const auto& [minute, count] : counts.minutes) rows += count;
  return rows;
}

}  // namespace

TEST_CASE("every block that holds a row for a filter is a candidate, with and without the filters' bytes") {
  const std::uint64_t seed = seed_or(34);
  INFO(describe_seed(seed));
  random_source random{seed};
  std::size_t left_out = 0;
  for (int round = 0; round < 25; ++round) {
    event_variety how;
    how.names = 1 + random.below(40);
    std::vector<model_row> rows;
    const segment_ptr opened = random_segment(random, how, rows);
    const auto filters = opened->read_filters();
    REQUIRE(filters);
    for (int asked = 0; asked < 20; ++asked) {
      row_filter filter = random_filter(random, how, rows);
      add_content(random, rows, filter);
      const auto roughly = candidate_blocks(opened->directory(), filter);
      const auto closely = candidate_blocks(opened->directory(), filter, *filters);
      REQUIRE(std::includes(roughly.begin(), roughly.end(), closely.begin(), closely.end()));
      for (std::uint32_t block = 0; block < opened->directory().blocks().size(); ++block) {
        if (std::binary_search(closely.begin(), closely.end(), block))
          continue;
        ++left_out;
        REQUIRE_FALSE(holds_any(*opened, block, filter));
      }
    }
  }
  CHECK(left_out > 1000);
}

TEST_CASE("a word and a value that no row has leave no block") {
  std::vector<event> events;
  for (int i = 0; i < 500; ++i) {
    events.push_back(make_event(i, "request " + std::to_string(i) + " took long"));
    events.back().fields = {{"kind", i % 2 == 0 ? "odd" : "even", false}, {"n", std::to_string(i), true}};
  }
  const auto disk = make_disk();
  const auto opened =
      segment::open(*disk, write_to(disk, order_for({{make_batch(events, segment_origin, 0), {}}})));
  REQUIRE(opened);
  const std::string filters = *(*opened)->read_filters();
  const auto candidates = [&](const row_filter& filter) {
    return candidate_blocks((*opened)->directory(), filter, filters).size();
  };
  row_filter filter;
  filter.contains = "took long";
  CHECK(candidates(filter) == 1);
  filter.contains = "it deadlocked here";
  CHECK(candidates(filter) == 0);
  filter.contains.clear();
  filter.fields = {{"kind", "even"}};
  CHECK(candidates(filter) == 1);
  filter.fields = {{"kind", "uneven"}};
  CHECK(candidates(filter) == 0);
  filter.fields = {{"n", "500"}};
  CHECK(candidate_blocks((*opened)->directory(), filter).empty());
  filter.fields = {{"other", "odd"}};
  CHECK(candidate_blocks((*opened)->directory(), filter).empty());
}

TEST_CASE(
    "counts that the directory tells, and the rows of the blocks it does not tell of, are all there are") {
  const std::uint64_t seed = seed_or(35);
  INFO(describe_seed(seed));
  random_source random{seed};
  std::uint64_t told_rows = 0;
  for (int round = 0; round < 25; ++round) {
    event_variety how;
    std::vector<model_row> rows;
    const segment_ptr opened = random_segment(random, how, rows);
    for (int asked = 0; asked < 20; ++asked) {
      const row_filter filter = random_filter(random, how, rows);
      row_floor floor;
      if (one_in(random, 2)) {
        const event_id id = pick(random, rows).id;
        floor = {id.time, id.sequence};
      }
      const auto by = pick(random, std::vector{count_by::level, count_by::service, count_by::minute});
      row_counts counts;
      const auto untold = count_rows(opened->directory(), filter, floor, by, counts);
      told_rows += total(counts);
      for (const std::uint32_t block : untold) {
        const part read{*opened->read_block(block, column_selection::none()), floor};
        const stream_run& run = read.rows->runs()[0];
        const row_range range = rows_in_time(read, run, filter);
        if (by == count_by::minute)
          count_minutes(*read.rows, range, counts.minutes);
        else if (!range.empty())
          counts.groups[by == count_by::level ? std::string{to_string(run.severity)}
                                              : std::string{run.service}] += range.size();
      }
      row_counts expected;
      for (const model_row& each : rows) {
        if (!naive_matches(filter, each.what) || row_floor{each.id.time, each.id.sequence} < floor)
          continue;
        if (by == count_by::minute)
          ++expected.minutes[minute_of(each.id.time)];
        else
          ++expected.groups[by == count_by::level ? std::string{to_string(each.what.severity)}
                                                  : each.what.service];
      }
      REQUIRE(counts.groups == expected.groups);
      REQUIRE(counts.minutes == expected.minutes);
    }
  }
  CHECK(told_rows > 1000);
}
