// SPDX-License-Identifier: MIT
// What lies in quarantine/ is never replaced, and is told of within bounds.
#include "engine/store/quarantine.hpp"

#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

TEST_CASE("a file that is put aside is moved with its bytes and survives a power cut there") {
  memory_file_system disk;
  disk.put("data/file", "content");
  const auto moved = move_to_quarantine(disk, "data", "file");
  REQUIRE(moved);
  CHECK(*moved == quarantined_file{"data/quarantine/file", 7});
  disk.crash();
  CHECK(*disk.list("data") == std::vector<std::string>{"quarantine"});
  CHECK(disk.content("data/quarantine/file") == "content");
  CHECK(*list_quarantine(disk, "data") == std::vector<quarantined_file>{*moved});
}

TEST_CASE("a second file of a name that is in quarantine gets another name") {
  memory_file_system disk;
  for (const std::string content : {"one", "two", "three"}) {
    disk.put("data/file", content);
    REQUIRE(move_to_quarantine(disk, "data", "file"));
  }
  CHECK(disk.content("data/quarantine/file") == "one");
  CHECK(disk.content("data/quarantine/file.1") == "two");
  CHECK(disk.content("data/quarantine/file.2") == "three");
}

TEST_CASE("a folder without a quarantine has nothing in it") {
  memory_file_system disk;
  disk.put("data/file", "content");
  const auto found = list_quarantine(disk, "data");
  REQUIRE(found);
  CHECK(found->empty());
}

TEST_CASE("figures of quarantines count all files and name no more than a few") {
  quarantine_figures sum;
  for (int i = 0; i < 100; ++i) sum.add(quarantined_file{"file-" + std::to_string(i), 10});
  quarantine_figures twice;
  twice.add(sum);
  twice.add(sum);
  CHECK(twice.files == 200);
  CHECK(twice.bytes == 2000);
  CHECK(twice.names.size() == quarantine_figures::most_names);
}
