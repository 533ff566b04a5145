// SPDX-License-Identifier: MIT
// A segment that goes bad while its shard is used: what is whole of it stays, whatever fails on the way.
#include "tests/engine/store/support/shard_rig.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// Two streams of two rows in one segment, the second block of which is damaged, and a row in another.
struct damaged_shard {
  damaged_shard() {
    rig.append({make_event(1, "one", level::info, "a"), make_event(2, "two", level::info, "a"),
                make_event(3, "three", level::info, "b"), make_event(4, "four", level::info, "b")});
    rig.seal();
    rig.append({make_event(5, "five", level::info, "a")});
    rig.seal();
    suspect = rig.store->candidates({}).blocks.at(0).in;
    rig.disk->corrupt(suspect->path(), suspect->directory().place(1, 2).offset);
  }

  std::vector<std::string> messages() const {
    std::vector<std::string> found;
    for (const model_row& each : find_rows(every_row(), rig.store->candidates({})))
      found.push_back(each.what.message);
    return found;
  }

  shard_rig rig;
  segment_ptr suspect;
};

const std::vector<std::string> what_is_whole{"one", "two", "five"};

}  // namespace

TEST_CASE("the good blocks of a segment that turns out damaged take its place") {
  damaged_shard with;
  with.rig.store->suspect(with.suspect);
  const auto order = with.rig.store->inspect();
  REQUIRE(with.rig.complete(order));
  REQUIRE(order->replaced);
  CHECK(order->replaced->lost_rows == 2);
  CHECK(order->damage.find("block 1, messages") != std::string::npos);
  CHECK(with.messages() == what_is_whole);
  const shard_figures figures = with.rig.store->figures();
  CHECK(figures.events == 3);
  CHECK(figures.segments == 2);
  CHECK(figures.quarantined.files == 1);
  CHECK_FALSE(with.rig.store->inspect());

  CHECK(with.rig.reopen().clean());
  CHECK(with.messages() == what_is_whole);
  const segment_id id = id_of(with.suspect->info());
  CHECK_FALSE(with.rig.disk->content("shard/quarantine/" + segment_name(id)).empty());
}

TEST_CASE("a damaged segment that is not put aside since the disk fails is put aside the next time") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    damaged_shard with;
    with.rig.store->suspect(with.suspect);
    with.rig.disk->fail({.call = call, .arriving_percent = 50});
    const bool through = with.rig.complete(with.rig.store->inspect());
    with.rig.disk->heal();
    CHECK(with.rig.store->figures().events == (through ? 3 : 5));
    with.rig.store->suspect(with.suspect);
    if (const auto again = with.rig.store->inspect())
      REQUIRE(with.rig.complete(again));
    CHECK(with.messages() == what_is_whole);
    with.rig.disk->crash();
    CHECK(with.rig.reopen().clean());
    CHECK(with.messages() == what_is_whole);
    if (through && call > 20)
      break;
  }
}

TEST_CASE("a segment of another shard, or one that has gone, is not looked at") {
  damaged_shard with;
  damaged_shard other;
  with.rig.store->suspect(other.suspect);
  CHECK_FALSE(with.rig.store->inspect());
  with.rig.store->suspect(with.suspect);
  REQUIRE(with.rig.complete(with.rig.store->expire_beyond(0)));
  CHECK_FALSE(with.rig.store->inspect());
}
