// SPDX-License-Identifier: MIT
// A file is replaced whole or not at all, whatever fails and whenever the power goes.
#include "engine/base/file_system.hpp"
#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr std::uint64_t calls_of_replacing = 5;

}  // namespace

TEST_CASE("replacing a file takes five calls and survives a crash") {
  memory_file_system disk;
  disk.put("d/a", "old");
  REQUIRE(replace_file(disk, "d", "a", "new"));
  CHECK(disk.calls() == calls_of_replacing);
  disk.crash();
  CHECK(disk.content("d/a") == "new");
}

TEST_CASE("whichever call fails, there is the old content or the new one, and no draft") {
  for (std::uint64_t call = 1; call <= calls_of_replacing; ++call) {
    INFO("call " << call);
    memory_file_system disk;
    disk.put("d/a", "old");
    disk.fail({.call = call, .code = errc::disk_full});
    const auto replaced = replace_file(disk, "d", "a", "new");
    REQUIRE_FALSE(replaced);
    CHECK(replaced.failure().code == errc::disk_full);
    CHECK(disk.content("d/a") == (call == calls_of_replacing ? "new" : "old"));
    CHECK(*disk.list("d") == std::vector<std::string>{"a"});
  }
}

TEST_CASE("whenever the power goes, there is the old content or the new one") {
  for (std::uint64_t call = 1; call <= calls_of_replacing; ++call)
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      INFO("call " << call << ", seed " << seed);
      memory_file_system disk;
      disk.put("d/a", "old");
      disk.fail({.call = call, .lasting = true});
      REQUIRE_FALSE(replace_file(disk, "d", "a", "new"));
      disk.crash_torn(seed);
      CHECK(disk.content("d/a") == "old");
      CHECK(replace_file(disk, "d", "a", "newer"));
      CHECK(disk.content("d/a") == "newer");
    }
}
