// SPDX-License-Identifier: MIT
// One shard, one step at a time: what it offers, counts, drops and merges.
#include "engine/store/memory_shard.hpp"

#include "engine/store/batch_merge.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr origin identity{1, 2};
constexpr timestamp minute = nanoseconds_per_minute;
constexpr timestamp latest = std::numeric_limits<timestamp>::max();

// A shard whose rows are numbered in the order in which they come.
struct filled_shard : memory_shard {
  void store(const std::vector<event>& events) {
    append(make_batch(events, identity, next));
    next += events.size();
  }

  std::uint64_t next = 0;
};

void append(filled_shard& to, const std::vector<timestamp>& times) {
  std::vector<event> events;
  for (const timestamp time : times) events.push_back(make_event(time));
  to.store(events);
}

// The times of all rows, sorted.
std::vector<timestamp> times_of(const memory_shard& in) {
  std::vector<timestamp> times;
  for (const part& each : in.candidates({}))
    for (const stream_run& run : each.rows->runs())
      for (std::uint32_t row = each.first_row(run); row < run.end; ++row)
        times.push_back(each.rows->times()[row]);
  std::sort(times.begin(), times.end());
  return times;
}

std::vector<std::uint64_t> sequences_of(const memory_shard& in) {
  std::vector<std::uint64_t> sequences;
  for (const part& each : in.candidates({}))
    for (const stream_run& run : each.rows->runs())
      for (std::uint32_t row = each.first_row(run); row < run.end; ++row)
        sequences.push_back(each.rows->id(row).sequence);
  std::sort(sequences.begin(), sequences.end());
  return sequences;
}

using time_list = std::vector<timestamp>;

// Enough small batches for a merge: one row each, at 100, 101 and so on.
void append_small_batches(filled_shard& to, std::size_t count = 8) {
  for (std::size_t i = 0; i < count; ++i) append(to, {static_cast<timestamp>(100 + i)});
}

std::shared_ptr<merge_order> take_merge(memory_shard& from) {
  auto order = from.next_merge();
  REQUIRE(order != nullptr);
  order->merged = merge_parts(order->parts);
  return order;
}

}  // namespace

TEST_CASE("appended rows keep the numbers they have") {
  filled_shard shard;
  shard.store({make_event(5), make_event(6)});
  shard.store({make_event(1)});
  CHECK(sequences_of(shard) == std::vector<std::uint64_t>{0, 1, 2});
  CHECK(shard.candidates({})[0].rows->id(0).from == identity);
}

TEST_CASE("rows may come later than rows with higher numbers, and go by their numbers") {
  memory_shard shard;
  const std::vector<event> two(2, make_event(20));
  shard.append(make_batch(two, identity, 4));
  shard.append(make_batch(two, identity, 0));
  shard.append(make_batch(two, identity, 2));
  CHECK(shard.evict(20, 3) == 3);
  CHECK(sequences_of(shard) == std::vector<std::uint64_t>{3, 4, 5});
  CHECK(shard.evict(20, 3) == 3);
  CHECK(times_of(shard).empty());
}

TEST_CASE("a query gets the parts whose time and levels can match and no others") {
  filled_shard shard;
  shard.store({make_event(10, "", level::info), make_event(20, "", level::info)});
  shard.store({make_event(30, "", level::error), make_event(40, "", level::warn)});
  row_filter filter;
  filter.from = 20;
  filter.to = 30;
  CHECK(shard.candidates(filter).size() == 1);
  filter.to = 31;
  CHECK(shard.candidates(filter).size() == 2);
  filter.from = 21;
  CHECK(shard.candidates(filter).size() == 1);
  filter.from = 41;
  filter.to = latest;
  CHECK(shard.candidates(filter).empty());
  filter = {};
  filter.levels = {};
  filter.levels.insert(level::warn);
  CHECK(shard.candidates(filter).size() == 1);
  filter.levels = {};
  filter.levels.insert(level::debug);
  CHECK(shard.candidates(filter).empty());
}

TEST_CASE("counts are by level, by service and by minute, of the rows in the filter") {
  filled_shard shard;
  shard.store({make_event(0, "", level::info, "api"), make_event(1, "", level::error, "api"),
               make_event(minute, "", level::error, "web"), make_event(-1, "", level::info, "")});
  CHECK(shard.count({}, count_by::level) == group_counts{{"ERROR", 2}, {"INFO", 2}});
  CHECK(shard.count({}, count_by::service) == group_counts{{"", 1}, {"api", 2}, {"web", 1}});
  CHECK(shard.count({}, count_by::minute) ==
        group_counts{{"1969-12-31T23:59:00Z", 1}, {"1970-01-01T00:00:00Z", 2}, {"1970-01-01T00:01:00Z", 1}});
  row_filter filter;
  filter.from = 1;
  CHECK(shard.count(filter, count_by::level) == group_counts{{"ERROR", 2}});
  filter.services = {"web"};
  CHECK(shard.count(filter, count_by::minute) == group_counts{{"1970-01-01T00:01:00Z", 1}});
}

TEST_CASE("the times of a minute are those of the rows in it, at the ends of time too") {
  constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
  filled_shard shard;
  append(shard, {earliest, -1, 0, minute - 1, minute, latest});
  CHECK(shard.times_in(0) == time_list{0, minute - 1});
  CHECK(shard.times_in(-1) == time_list{-1});
  CHECK(shard.times_in(2).empty());
  CHECK(shard.times_in(minute_of(earliest)) == time_list{earliest});
  CHECK(shard.times_in(minute_of(latest)) == time_list{latest});
}

TEST_CASE("evicting drops what is older than a time, and of that time the rows stored first") {
  filled_shard shard;
  append(shard, {10, 20});
  append(shard, {20, 30});
  append(shard, {20});
  CHECK(shard.evict(20, 2) == 3);
  CHECK(times_of(shard) == time_list{20, 30});
  CHECK(sequences_of(shard) == std::vector<std::uint64_t>{3, 4});
  CHECK(shard.figures().events == 2);
}

TEST_CASE("evicting more rows of a time than there are drops them all and no later one") {
  filled_shard shard;
  append(shard, {20, 21, latest});
  CHECK(shard.evict(20, 100) == 1);
  CHECK(times_of(shard) == time_list{21, latest});
  CHECK(shard.evict(latest, 100) == 2);
  CHECK(shard.figures().batches == 0);
}

TEST_CASE("evicting twice up to the same place drops nothing more") {
  filled_shard shard;
  append(shard, {10, 20, 30});
  CHECK(shard.evict(20, 0) == 1);
  CHECK(shard.evict(20, 0) == 0);
  CHECK(shard.evict(15, 0) == 0);
  CHECK(times_of(shard) == time_list{20, 30});
}

TEST_CASE("an event that arrives late, older than what was evicted, stays") {
  filled_shard shard;
  append(shard, {10, 20, 30});
  CHECK(shard.evict(25, 0) == 2);
  append(shard, {5});
  CHECK(times_of(shard) == time_list{5, 30});
  CHECK(shard.figures().events == 2);
}

TEST_CASE(
    "a batch goes when its last row is evicted, and the memory of its other rows is not counted as live "
    "before") {
  filled_shard shard;
  append(shard, {10, 20, 30, 40});
  const shard_figures before = shard.figures();
  CHECK(before.bytes == before.live_bytes);
  shard.evict(30, 0);
  CHECK(shard.figures().bytes == before.bytes);
  CHECK(shard.figures().live_bytes == before.bytes / 2);
  shard.evict(41, 0);
  CHECK(shard.figures().bytes == 0);
  CHECK(shard.figures().live_bytes == 0);
  CHECK(shard.minutes().empty());
}

TEST_CASE("a shard offers a merge once there are eight small batches, and one at a time") {
  filled_shard shard;
  append_small_batches(shard, 7);
  CHECK(shard.next_merge() == nullptr);
  append(shard, {200});
  auto order = shard.next_merge();
  REQUIRE(order != nullptr);
  CHECK(order->parts.size() == 8);
  append_small_batches(shard);
  CHECK(shard.next_merge() == nullptr);
  order.reset();
  CHECK(shard.next_merge() != nullptr);
}

TEST_CASE("a merge changes neither the rows nor their ids nor what is counted") {
  filled_shard shard;
  append_small_batches(shard);
  const auto times = times_of(shard);
  const auto minutes = shard.minutes();
  shard.apply(*take_merge(shard));
  CHECK(times_of(shard) == times);
  CHECK(sequences_of(shard) == std::vector<std::uint64_t>{0, 1, 2, 3, 4, 5, 6, 7});
  CHECK(shard.minutes() == minutes);
  CHECK(shard.figures().events == 8);
  CHECK(shard.figures().batches == 1);
  CHECK(shard.figures().merges == 1);
}

TEST_CASE("what arrives during a merge is not lost by it") {
  filled_shard shard;
  append_small_batches(shard);
  const auto order = take_merge(shard);
  append(shard, {1});
  shard.apply(*order);
  CHECK(times_of(shard) == time_list{1, 100, 101, 102, 103, 104, 105, 106, 107});
}

TEST_CASE("a batch evicted whole during a merge does not come back with it") {
  filled_shard shard;
  append_small_batches(shard);
  const auto order = take_merge(shard);
  CHECK(shard.evict(103, 0) == 3);
  shard.apply(*order);
  CHECK(times_of(shard) == time_list{103, 104, 105, 106, 107});
  CHECK(shard.figures().events == 5);
}

TEST_CASE("all batches evicted during a merge leave nothing for it to put back") {
  filled_shard shard;
  append_small_batches(shard);
  const auto order = take_merge(shard);
  CHECK(shard.evict(200, 0) == 8);
  shard.apply(*order);
  CHECK(times_of(shard).empty());
  CHECK(shard.figures().batches == 0);
  CHECK(shard.figures().bytes == 0);
}

TEST_CASE(
    "a late event is not lost when it is merged with batches that were evicted in part before it came") {
  filled_shard shard;
  append(shard, {10, 20, 30});
  shard.evict(25, 0);
  append(shard, {5});
  append_small_batches(shard, 6);
  shard.apply(*take_merge(shard));
  CHECK(times_of(shard) == time_list{5, 30, 100, 101, 102, 103, 104, 105});
  CHECK(shard.figures().events == 8);
}

TEST_CASE("merging goes on until few batches are left, however many small ones came") {
  filled_shard shard;
  for (int i = 0; i < 5000; ++i) {
    append(shard, {i});
    if (shard.figures().batches % 8 == 0)
      if (auto order = shard.next_merge()) {
        order->merged = merge_parts(order->parts);
        shard.apply(*order);
      }
  }
  while (auto order = shard.next_merge()) {
    order->merged = merge_parts(order->parts);
    shard.apply(*order);
  }
  CHECK(shard.figures().batches < 40);
  CHECK(times_of(shard).size() == 5000);
}

TEST_CASE("a large batch of which more than half was evicted is merged alone and gives its memory back") {
  filled_shard shard;
  std::vector<event> events;
  for (timestamp time = 0; time < 2000; ++time) events.push_back(make_event(time, std::string(100, 'x')));
  shard.store(events);
  shard.evict(1000, 0);
  CHECK(shard.next_merge() == nullptr);
  shard.evict(1001, 0);
  const std::uint64_t before = shard.figures().bytes;
  const auto order = take_merge(shard);
  CHECK(order->parts.size() == 1);
  shard.apply(*order);
  CHECK(shard.figures().bytes < before * 6 / 10);
  CHECK(shard.figures().bytes == shard.figures().live_bytes);
  CHECK(times_of(shard).size() == 999);
}

TEST_CASE("parts that a query holds stay as they were when it took them") {
  filled_shard shard;
  append_small_batches(shard);
  const auto parts = shard.candidates({});
  const auto order = take_merge(shard);
  shard.evict(104, 0);
  shard.apply(*order);
  std::size_t rows = 0;
  for (const part& each : parts) rows += each.rows->rows() - each.first_row(each.rows->runs()[0]);
  CHECK(rows == 8);
}
