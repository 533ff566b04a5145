// SPDX-License-Identifier: MIT
// Manifests come back as they were saved, or not at all.
#include "engine/store/manifest.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

manifest example() {
  manifest made;
  made.generation = 12;
  made.sealed_through = 400;
  made.next_sequence = 500;
  made.floor = {-5, 17};
  made.segments.push_back({{1, 7}, 0, {{0, 99}}, 100, 5000, 20000, -10, 10});
  made.segments.push_back({{1, 7}, 3, {{100, 199}, {300, 399}}, 1, 60, 3, 7, 7});
  return made;
}

}  // namespace

TEST_CASE("a manifest is loaded as it was saved") {
  const auto disk = make_disk();
  REQUIRE(save_manifest(*disk, "shard", example()));
  disk->crash();
  const auto loaded = load_manifest(*disk, "shard");
  REQUIRE(loaded);
  CHECK(*loaded == example());
}

TEST_CASE("a folder without a manifest is told from one with a damaged manifest") {
  const auto disk = make_disk();
  CHECK(load_manifest(*disk, "shard").failure().code == errc::not_found);
  disk->put("shard/manifest", "nonsense that is long enough to be one");
  const auto loaded = load_manifest(*disk, "shard");
  CHECK(loaded.failure() == make_error(errc::invalid, "shard/manifest: manifest: this is none"));
}

TEST_CASE("a manifest of which any bit is another, or that was cut, is refused") {
  const std::string bytes = encode_manifest(example());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] ^= 16;
    REQUIRE(decode_manifest(damaged).failure().code == errc::invalid);
    REQUIRE(decode_manifest(bytes.substr(0, at)).failure().code == errc::invalid);
  }
}

TEST_CASE("a manifest of a later version is not taken for damaged") {
  std::string bytes = encode_manifest(example());
  bytes.resize(bytes.size() - 8);
  bytes[bytes.size() - 8] = 2;
  byte_writer{bytes}.fixed(checksum(bytes));
  CHECK(decode_manifest(bytes).failure().code == errc::unsupported);
}

TEST_CASE("a manifest with two segments for one sequence is refused") {
  manifest wrong = example();
  wrong.segments[0].covers = {{0, 100}};
  CHECK(decode_manifest(encode_manifest(wrong)).failure().code == errc::invalid);
}
