// SPDX-License-Identifier: MIT
// A shard's rows on their way into segments, and out of them.
#include "engine/store/shard_store.hpp"

#include "engine/store/batch_merge.hpp"
#include "tests/engine/store/support/shard_rig.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::vector<event> events_at(timestamp first, int count = 3) {
  std::vector<event> events;
  for (int i = 0; i < count; ++i) events.push_back(make_event(first + i, std::to_string(first + i)));
  return events;
}

void check_all_there(const shard_rig& rig) {
  CHECK(difference(rig.find(every_row()), rig.model.find(every_row())) == "");
  CHECK(rig.store->figures().events == rig.model.rows().size());
}

}  // namespace

TEST_CASE("a shard without a folder seals and expires nothing") {
  shard_store store;
  store.append(0, 3, {make_batch(events_at(0), {}, 0)});
  CHECK_FALSE(store.seal(true));
  CHECK_FALSE(store.expire(1'000'000, 1));
  CHECK_FALSE(store.expire_beyond(0));
  CHECK(store.candidates({}).parts.size() == 1);
}

TEST_CASE("rows are found before they are sealed, while they are and afterwards") {
  shard_rig rig;
  rig.append(events_at(0));
  check_all_there(rig);
  const auto order = rig.store->seal(true);
  REQUIRE(order);
  check_all_there(rig);
  rig.append(events_at(10));
  check_all_there(rig);
  CHECK(rig.complete(order));
  check_all_there(rig);
  CHECK(rig.store->sealed_through() == 3);
  CHECK(rig.store->next_sequence() == 6);
  CHECK(rig.store->figures().segments == 1);
  rig.seal();
  check_all_there(rig);
  CHECK(rig.store->sealed_through() == 6);
  CHECK(rig.store->figures().segments == 2);
  CHECK(rig.store->figures().bytes == 0);
  CHECK(rig.store->unsealed_bytes() == 0);
}

TEST_CASE("rows are sealed on their own once they take enough memory") {
  shard_rig rig{2000};
  while (rig.store->unsealed_bytes() < 2000) {
    CHECK_FALSE(rig.store->seal(false));
    rig.append(events_at(0));
  }
  CHECK(rig.complete(rig.store->seal(false)));
  CHECK_FALSE(rig.store->seal(true));
  check_all_there(rig);
}

TEST_CASE("one order is given at a time") {
  shard_rig rig;
  rig.append(events_at(0));
  rig.seal();
  rig.append(events_at(1000));
  const auto order = rig.store->seal(true);
  REQUIRE(order);
  CHECK_FALSE(rig.store->seal(true));
  CHECK_FALSE(rig.store->expire_beyond(0));
  CHECK(rig.complete(order));
  CHECK(rig.store->expire_beyond(0));
}

TEST_CASE("rows that come before their predecessors are found and sealed with them") {
  shard_rig rig;
  const auto first = rig.number(events_at(0));
  rig.append(events_at(10));
  check_all_there(rig);
  CHECK_FALSE(rig.store->seal(true));
  rig.append(first);
  rig.seal();
  check_all_there(rig);
  CHECK(rig.store->sealed_through() == 6);
}

TEST_CASE("sequences that no row will ever have hold nothing up") {
  shard_rig rig;
  const auto refused = rig.number(events_at(0));
  rig.append(events_at(10));
  rig.store->append(refused.begin, refused.end, {});
  rig.seal();
  CHECK(rig.store->sealed_through() == 6);
  check_all_there(rig);
}

TEST_CASE("after a failure or when an order is lost the same rows are sealed, once") {
  for (const bool lost : {true, false})
    for (const bool carried_out : {true, false}) {
      INFO("lost " << lost << ", carried out " << carried_out);
      shard_rig rig;
      rig.append(events_at(0));
      auto order = rig.store->seal(true);
      if (!carried_out)
        rig.disk->fail({.call = 3});
      if (lost)
        carry_out(rig.disk, *order);
      else
        CHECK(rig.complete(order) == carried_out);
      order.reset();
      rig.disk->heal();
      rig.append(events_at(10));
      check_all_there(rig);
      while (const auto next = rig.store->seal(true)) CHECK(rig.complete(next));
      check_all_there(rig);
      CHECK(rig.store->figures().segments == 2);
      CHECK(rig.reopen().clean());
      check_all_there(rig);
    }
}

TEST_CASE("a merge that ends after its rows were sealed neither brings them back nor disturbs the next") {
  shard_rig rig;
  for (int i = 0; i < 8; ++i) rig.append(events_at(i));
  auto before = rig.store->memory().next_merge();
  REQUIRE(before);
  before->merged = merge_parts(before->parts);
  rig.seal();
  for (int i = 0; i < 8; ++i) rig.append(events_at(i));
  auto after = rig.store->memory().next_merge();
  REQUIRE(after);
  after->merged = merge_parts(after->parts);
  rig.append(events_at(100));
  rig.store->memory().apply(*before);
  check_all_there(rig);
  CHECK_FALSE(rig.store->memory().next_merge());
  rig.store->memory().apply(*after);
  check_all_there(rig);
  CHECK(rig.store->figures().merges == 1);
}

TEST_CASE("figures tell how much is where") {
  shard_rig rig;
  rig.append({make_event(0, "a", level::error), make_event(1, "b"), make_event(2, "c")});
  const std::uint64_t bytes = rig.store->figures().bytes;
  CHECK(bytes > 0);
  CHECK(rig.store->unsealed_bytes() == bytes);
  const auto order = rig.store->seal(true);
  CHECK(rig.store->figures().bytes == bytes);
  CHECK(rig.store->unsealed_bytes() == bytes);
  REQUIRE(rig.complete(order));
  shard_figures figures = rig.store->figures();
  CHECK(figures.disk_bytes == order->state.segments.front().bytes);
  CHECK(figures.by_level[static_cast<std::size_t>(level::error)] == 1);
  CHECK(figures.by_level[static_cast<std::size_t>(level::info)] == 2);
  REQUIRE(rig.complete(rig.store->expire_beyond(0)));
  figures = rig.store->figures();
  CHECK(figures.events == 0);
  CHECK(figures.segments == 0);
  CHECK(figures.disk_bytes == 0);
  CHECK(figures.by_level == std::array<std::uint64_t, level_count>{});
}

TEST_CASE("a reopened shard numbers on where it was, also if its rows have expired") {
  shard_rig rig;
  rig.append(events_at(0));
  rig.seal();
  REQUIRE(rig.complete(rig.store->expire_beyond(0)));
  CHECK(rig.reopen().clean());
  CHECK(rig.store->next_sequence() == 3);
  CHECK(rig.store->sealed_through() == 3);
  CHECK(rig.store->figures().events == 0);
}

TEST_CASE("filters of a segment that cannot be read cost time and no rows") {
  shard_rig rig;
  rig.append(events_at(0, 40));
  rig.seal();
  const auto of = rig.store->candidates({}).blocks.front().in;
  std::string bytes = rig.disk->content(of->path());
  bytes[of->directory().filters_offset()] ^= 1;
  rig.disk->put(of->path(), bytes);
  CHECK(rig.reopen().clean());
  check_all_there(rig);
  log_query query = every_row();
  query.filter.contains = "17";
  CHECK(rig.find(query).size() == 1);
}
