// SPDX-License-Identifier: MIT
// Orders carried out: the folder is as before or as after, whatever fails.
#include "engine/store/upkeep.hpp"

#include "engine/store/manifest_recovery.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// `count` rows from sequence `first` on, on top of `state`.
upkeep_order seal_order(const manifest& state, std::uint64_t first, int count) {
  std::vector<event> events;
  for (int i = 0; i < count; ++i) events.push_back(make_event(i, std::to_string(i)));
  upkeep_order made;
  made.folder = "shard";
  made.state = state;
  made.seal = order_for({{make_batch(events, segment_origin, first), {}}});
  made.seal->covers = {{state.sealed_through, first + static_cast<std::uint64_t>(count) - 1}};
  return made;
}

upkeep_order drop_order(const manifest& state, std::vector<segment_id> gone) {
  upkeep_order made;
  made.folder = "shard";
  made.state = state;
  made.drop = std::move(gone);
  return made;
}

manifest saved_in(memory_file_system& disk) {
  auto loaded = load_manifest(disk, "shard");
  REQUIRE(loaded);
  return *std::move(loaded);
}

// A folder with two segments, of sequences 0 to 9 and 10 to 14.
manifest make_shard(const std::shared_ptr<memory_file_system>& disk) {
  REQUIRE(save_manifest(*disk, "shard", {}));
  auto first = seal_order({}, 0, 10);
  carry_out(disk, first);
  REQUIRE_FALSE(first.failure);
  auto second = seal_order(first.state, 10, 5);
  carry_out(disk, second);
  REQUIRE_FALSE(second.failure);
  return second.state;
}

}  // namespace

TEST_CASE("rows that are sealed are in a segment that the manifest names, also after a crash") {
  const auto disk = make_disk();
  const manifest before = make_shard(disk);
  auto order = seal_order(before, 20, 4);
  carry_out(disk, order);
  REQUIRE_FALSE(order.failure);
  disk->crash();
  const manifest after = saved_in(*disk);
  CHECK(after == order.state);
  CHECK(after.generation == before.generation + 1);
  CHECK(after.sealed_through == 24);
  CHECK(after.next_sequence == 24);
  REQUIRE(after.segments.size() == 3);
  CHECK(after.segments.back().covers == std::vector<sequence_range>{{15, 23}});
  REQUIRE(order.sealed);
  CHECK(order.sealed->info() == after.segments.back());
  CHECK(rows_of(*order.sealed).size() == 4);
  CHECK(order.filters == *order.sealed->read_filters());
}

TEST_CASE("an order of which no row is left seals their sequences and makes no file") {
  const auto disk = make_disk();
  const manifest before = make_shard(disk);
  auto order = seal_order(before, 15, 3);
  order.seal->parts.front().floor = {100, 0};
  carry_out(disk, order);
  REQUIRE_FALSE(order.failure);
  CHECK_FALSE(order.sealed);
  CHECK(saved_in(*disk).sealed_through == 18);
  CHECK(saved_in(*disk).segments == before.segments);
  CHECK(disk->list("shard")->size() == 3);
}

TEST_CASE("segments that are dropped are gone from manifest and folder") {
  const auto disk = make_disk();
  const manifest before = make_shard(disk);
  auto order = drop_order(before, {id_of(before.segments[0])});
  carry_out(disk, order);
  REQUIRE_FALSE(order.failure);
  const manifest after = saved_in(*disk);
  CHECK(after == order.state);
  CHECK(after.segments == std::vector{before.segments[1]});
  CHECK(after.sealed_through == before.sealed_through);
  CHECK(*disk->list("shard") ==
        std::vector<std::string>{"manifest", segment_name(id_of(before.segments[1]))});
}

TEST_CASE("a dropped segment that cannot be removed is no failure, and goes at the next start") {
  const auto disk = make_disk();
  const manifest before = make_shard(disk);
  auto order = drop_order(before, {id_of(before.segments[0])});
  // The five calls before it save the manifest.
  disk->fail({.call = 6});
  carry_out(disk, order);
  REQUIRE_FALSE(order.failure);
  CHECK(disk->list("shard")->size() == 3);
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->report.clean());
  CHECK(found->state == order.state);
  CHECK(disk->list("shard")->size() == 2);
}

TEST_CASE("an order that fails leaves its state as it was, and the folder as before or as after") {
  for (const bool sealing : {true, false})
    for (const bool crash : {true, false})
      for (std::uint64_t call = 1;; ++call) {
        INFO("sealing " << sealing << ", crash " << crash << ", call " << call);
        const auto disk = make_disk();
        const manifest before = make_shard(disk);
        auto order = sealing ? seal_order(before, 15, 4) : drop_order(before, {id_of(before.segments[0])});
        disk->fail({.call = call, .lasting = crash});
        carry_out(disk, order);
        disk->heal();
        if (crash)
          disk->crash();
        const bool failed = order.failure.has_value();
        if (failed) {
          REQUIRE(order.state == before);
          REQUIRE_FALSE(order.sealed);
        }
        const auto found = recover_manifest(*disk, "shard");
        REQUIRE(found);
        REQUIRE(found->report.clean());
        const bool changed = found->state != before;
        REQUIRE((failed || changed));
        if (changed)
          REQUIRE(found->state.segments.size() == (sealing ? 3 : 1));
        if (!failed && call > 10)
          break;
      }
}

TEST_CASE("an order that failed can be given again") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    const auto disk = make_disk();
    const manifest before = make_shard(disk);
    auto order = seal_order(before, 15, 4);
    disk->fail({.call = call, .arriving_percent = 50});
    carry_out(disk, order);
    disk->heal();
    if (!order.failure)
      break;
    auto again = seal_order(before, 15, 4);
    carry_out(disk, again);
    REQUIRE_FALSE(again.failure);
    disk->crash();
    REQUIRE(saved_in(*disk) == again.state);
    REQUIRE(rows_of(*again.sealed).size() == 4);
  }
}
