// SPDX-License-Identifier: MIT
// After a crash or damage a shard is what its manifest tells, or as much as its segments tell.
#include "engine/store/manifest_recovery.hpp"

#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// `count` rows from sequence `first` on.
segment_info write_rows(const std::shared_ptr<memory_file_system>& disk, std::uint64_t first, int count,
                        std::uint16_t level = 0) {
  std::vector<event> events;
  for (int i = 0; i < count; ++i) events.push_back(make_event(i, "m"));
  const auto written =
      write_segment(disk, "shard", order_for({{make_batch(events, segment_origin, first), {}}}, level));
  REQUIRE(written);
  return *written;
}

manifest manifest_of(std::vector<segment_info> segments) {
  manifest made;
  made.generation = 5;
  for (const segment_info& each : segments)
    made.sealed_through = std::max(made.sealed_through, each.covers.back().last + 1);
  made.next_sequence = made.sealed_through;
  made.floor = {3, 0};
  made.segments = std::move(segments);
  return made;
}

std::string name_of(const segment_info& info) {
  return segment_name(id_of(info));
}

void damage(memory_file_system& disk, const std::string& path) {
  std::string bytes = disk.content(path);
  bytes[bytes.size() - 1] ^= 1;
  disk.put(path, bytes);
}

}  // namespace

TEST_CASE("a shard whose manifest is whole is opened as it stands there") {
  const auto disk = make_disk();
  const manifest saved = manifest_of({write_rows(disk, 0, 10), write_rows(disk, 10, 5)});
  REQUIRE(save_manifest(*disk, "shard", saved));
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state == saved);
  CHECK(found->segments.size() == 2);
  CHECK(found->report.clean());
  CHECK(found->report.removed.empty());
  CHECK(*load_manifest(*disk, "shard") == saved);
}

TEST_CASE("an empty folder becomes an empty shard") {
  const auto disk = make_disk();
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments.empty());
  CHECK(found->report.clean());
  CHECK(load_manifest(*disk, "shard")->generation == 1);
}

TEST_CASE("what a crash left over is removed, other files stay") {
  const auto disk = make_disk();
  const segment_info kept = write_rows(disk, 0, 10);
  const segment_info orphan = write_rows(disk, 10, 5);
  disk->put("shard/" + name_of(kept) + ".tmp", "half");
  disk->put("shard/wal-1", "records");
  REQUIRE(save_manifest(*disk, "shard", manifest_of({kept})));
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->report.clean());
  CHECK(found->report.removed.size() == 2);
  CHECK(*disk->list("shard") == std::vector<std::string>{"manifest", name_of(kept), "wal-1"});
  CHECK_FALSE(segment::open(*disk, "shard/" + name_of(orphan)));
}

TEST_CASE("a draft of the manifest that a crash left keeps no damaged shard from opening") {
  const auto disk = make_disk();
  const segment_info bad = write_rows(disk, 0, 10);
  REQUIRE(save_manifest(*disk, "shard", manifest_of({bad})));
  disk->put("shard/manifest.tmp", "half");
  damage(*disk, "shard/" + name_of(bad));
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments.empty());
  CHECK(*disk->list("shard") == std::vector<std::string>{"manifest", "quarantine"});
}

TEST_CASE("what a crash left over goes to quarantine where nothing shall be deleted") {
  const auto disk = make_disk();
  const segment_info orphan = write_rows(disk, 10, 5);
  disk->put("shard/manifest.tmp", "half");
  REQUIRE(save_manifest(*disk, "shard", manifest_of({})));
  disk->put("shard/seg.tmp", "half");
  const auto found = recover_manifest(*disk, "shard", leftovers::quarantined);
  REQUIRE(found);
  CHECK(*disk->list("shard/quarantine") == std::vector<std::string>{name_of(orphan), "seg.tmp"});
}

TEST_CASE("a damaged segment goes to quarantine and its rows are reported as lost") {
  const auto disk = make_disk();
  const segment_info bad = write_rows(disk, 0, 10);
  const segment_info good = write_rows(disk, 10, 5);
  const segment_info missing = write_rows(disk, 15, 3);
  REQUIRE(save_manifest(*disk, "shard", manifest_of({bad, good, missing})));
  damage(*disk, "shard/" + name_of(bad));
  REQUIRE(disk->remove("shard/" + name_of(missing)));
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments == std::vector{good});
  CHECK(found->state.generation == 6);
  CHECK(found->state.sealed_through == 18);
  CHECK(found->report.lost_rows == 13);
  REQUIRE(found->report.quarantined.size() == 1);
  CHECK(found->report.quarantined[0].name == name_of(bad));
  CHECK(found->report.missing == std::vector{name_of(missing)});
  CHECK(*disk->list("shard/quarantine") == std::vector{name_of(bad)});
  CHECK(*load_manifest(*disk, "shard") == found->state);
}

TEST_CASE("without a manifest the segments tell, and a merged one counts for those it was made of") {
  const auto disk = make_disk();
  const segment_info first = write_rows(disk, 0, 10);
  const segment_info second = write_rows(disk, 10, 10);
  const segment_info third = write_rows(disk, 20, 5);
  const segment_info merged = write_rows(disk, 0, 20, 1);
  const segment_info bad = write_rows(disk, 40, 5);
  damage(*disk, "shard/" + name_of(bad));
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments == std::vector{merged, third});
  CHECK(found->segments.size() == 2);
  CHECK(found->state.sealed_through == 25);
  CHECK(found->state.next_sequence == 45);
  CHECK_FALSE(found->report.rebuilt.empty());
  CHECK(found->report.removed == std::vector{name_of(first), name_of(second)});
  CHECK(found->report.quarantined.size() == 1);
  CHECK(*load_manifest(*disk, "shard") == found->state);
}

TEST_CASE("a damaged manifest is kept in quarantine") {
  const auto disk = make_disk();
  const segment_info only = write_rows(disk, 0, 10);
  disk->put("shard/manifest", "what is this?");
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments == std::vector{only});
  CHECK(disk->content("shard/quarantine/manifest") == "what is this?");
}

TEST_CASE("a segment that overlaps another in part is put aside, not removed") {
  const auto disk = make_disk();
  const segment_info wide = write_rows(disk, 0, 20);
  const segment_info across = write_rows(disk, 15, 10);
  const auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  CHECK(found->state.segments == std::vector{wide});
  CHECK(found->report.removed.empty());
  REQUIRE(found->report.quarantined.size() == 1);
  CHECK(found->report.quarantined[0].name == name_of(across));
}

TEST_CASE("recovery that fails anywhere can be done again") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    const auto disk = make_disk();
    const segment_info merged = write_rows(disk, 0, 20, 1);
    write_rows(disk, 0, 10);
    const segment_info bad = write_rows(disk, 20, 5);
    damage(*disk, "shard/" + name_of(bad));
    disk->fail({call, errc::io, true, 50});
    const bool done = recover_manifest(*disk, "shard").ok();
    disk->heal();
    disk->crash();
    const auto found = recover_manifest(*disk, "shard");
    REQUIRE(found);
    REQUIRE(found->state.segments == std::vector{merged});
    if (done)
      break;
  }
}
