// SPDX-License-Identifier: MIT
// Segments and manifests that were once written can be read for ever.
#include "engine/store/manifest.hpp"
#include "engine/store/segment_reader.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr const char* segment_path = "tests/engine/store/golden/segment-1.seg";
constexpr const char* manifest_path = "tests/engine/store/golden/manifest-1";

// Two streams; dense, half-full and rare fields; literals of all three kinds.
std::vector<event> golden_events() {
  std::vector<event> events;
  for (int i = 0; i < 100; ++i) {
    event made = make_event(1'700'000'000 * nanoseconds_per_second + i * 7'000'000'000,
                            "request " + std::to_string(i * 37) + " done",
                            i % 4 == 0 ? level::error : level::info, "api");
    made.fields = {{"status", std::to_string(200 + i % 3), true},
                   {"path", "/a/" + std::to_string(i % 7), false}};
    if (i % 2 == 0)
      made.fields.push_back({"mixed", i % 8 == 0 ? "null" : "text", i % 8 == 0});
    if (i == 50 || i == 77)
      made.fields.push_back({"rare", "once", false});
    events.push_back(std::move(made));
  }
  return events;
}

std::vector<part> golden_parts() {
  return {{make_batch(golden_events(), segment_origin, 1000), {}}};
}

manifest golden_manifest() {
  manifest made;
  made.generation = 3;
  made.sealed_through = 1100;
  made.next_sequence = 2000;
  made.floor = {-1, 5};
  made.segments = {{{1, 7}, 2, {{0, 9}, {20, 1099}}, 300, 4000, 90000, -5, 5}};
  return made;
}

}  // namespace

TEST_CASE("a segment of version 1 is read") {
  const auto opened = segment::open(*make_posix_file_system(), segment_path);
  REQUIRE(opened);
  CHECK((*opened)->info().covers == std::vector<sequence_range>{{1000, 1099}});
  CHECK((*opened)->directory().chunks(0).back().kind == chunk_kind::rest);
  auto found = rows_of(**opened);
  auto expected = rows_of(golden_parts()[0]);
  sort_by_id(found);
  sort_by_id(expected);
  CHECK(difference(found, expected) == "");
}

TEST_CASE("a manifest of version 1 is read, and written as it was") {
  const auto bytes = read_file(*make_posix_file_system(), manifest_path);
  REQUIRE(bytes);
  const auto read = decode_manifest(*bytes);
  REQUIRE(read);
  CHECK(*read == golden_manifest());
  CHECK(encode_manifest(golden_manifest()) == *bytes);
}
