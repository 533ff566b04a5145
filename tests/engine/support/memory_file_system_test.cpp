// SPDX-License-Identifier: MIT
// The disk that tests trust fails and forgets as it says.
#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <set>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

using names = std::vector<std::string>;

std::unique_ptr<output_file> make(memory_file_system& disk, const std::string& path,
                                  std::string_view content) {
  auto file = disk.create(path);
  REQUIRE(file);
  REQUIRE((*file)->append(std::vector{content}));
  return *std::move(file);
}

memory_file_system& with_folder(memory_file_system& disk) {
  REQUIRE(disk.make_folder("d"));
  return disk;
}

}  // namespace

TEST_CASE("a crash keeps of a file what was synced") {
  memory_file_system disk;
  const auto file = make(with_folder(disk), "d/a", "synced");
  REQUIRE(file->sync());
  REQUIRE(file->append(std::vector<std::string_view>{" not"}));
  REQUIRE(disk.sync_folder("d"));
  CHECK(disk.content("d/a") == "synced not");
  disk.crash();
  CHECK(disk.content("d/a") == "synced");
}

TEST_CASE("a crash forgets names that were made and brings back those that were removed, without a sync") {
  memory_file_system disk;
  REQUIRE(make(with_folder(disk), "d/old", "1")->sync());
  REQUIRE(make(disk, "d/gone", "2")->sync());
  REQUIRE(disk.sync_folder("d"));
  REQUIRE(make(disk, "d/new", "3")->sync());
  REQUIRE(disk.remove("d/gone"));
  REQUIRE(disk.rename("d/old", "d/renamed"));
  CHECK(*disk.list("d") == names{"new", "renamed"});
  disk.crash();
  CHECK(*disk.list("d") == names{"gone", "old"});
  CHECK(disk.content("d/old") == "1");
}

TEST_CASE("names survive a crash once their folder is synced, and only in that folder") {
  memory_file_system disk;
  REQUIRE(make(with_folder(disk), "d/a", "1")->sync());
  REQUIRE(disk.make_folder("e/f"));
  REQUIRE(make(disk, "e/f/b", "2")->sync());
  REQUIRE(disk.link("e/f/b", "d/c"));
  REQUIRE(disk.sync_folder("d"));
  disk.crash();
  CHECK(*disk.list("d") == names{"a", "c"});
  CHECK(*disk.list("e") == names{"f"});
  CHECK(*disk.list("e/f") == names{});
}

TEST_CASE("a torn crash keeps a prefix of what was not synced, at times with wrong bytes, never more") {
  std::set<std::size_t> sizes;
  bool flipped = false;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    memory_file_system disk;
    const auto file = make(with_folder(disk), "d/a", "synced");
    REQUIRE(file->sync());
    REQUIRE(disk.sync_folder("d"));
    const std::string tail(20, 'x');
    REQUIRE(file->append(std::vector<std::string_view>{tail}));
    disk.crash_torn(seed);
    const std::string left = disk.content("d/a");
    REQUIRE(left.substr(0, 6) == "synced");
    sizes.insert(left.size());
    flipped = flipped || left.substr(6) != tail.substr(0, left.size() - 6);
  }
  CHECK(*sizes.begin() == 6);
  CHECK(*sizes.rbegin() == 26);
  CHECK(flipped);
}

TEST_CASE("the call that was chosen fails, and only that one unless it lasts") {
  memory_file_system disk;
  with_folder(disk);
  disk.fail({.call = 2, .code = errc::disk_full});
  auto file = disk.create("d/a");
  REQUIRE(file);
  CHECK((*file)->append(std::vector<std::string_view>{"0123456789"}).failure().code == errc::disk_full);
  CHECK(disk.content("d/a") == "01234");
  CHECK((*file)->append(std::vector<std::string_view>{"x"}));
  CHECK(disk.calls() == 4);
  disk.fail({.call = 1, .lasting = true});
  CHECK(disk.rename("d/a", "d/b").failure().code == errc::io);
  CHECK_FALSE(disk.remove("d/a"));
  CHECK_FALSE(disk.truncate("d/a", 0));
  CHECK_FALSE(disk.sync_folder("d"));
  CHECK_FALSE(disk.make_folder("e"));
  CHECK_FALSE(disk.link("d/a", "d/b"));
  CHECK_FALSE(disk.create("d/b"));
  CHECK(disk.content("d/a") == "01234x");
  disk.heal();
  CHECK(disk.remove("d/a"));
}

TEST_CASE("what a failed sync should have kept is lost, whatever later ones say") {
  memory_file_system disk;
  const auto file = make(with_folder(disk), "d/a", "kept");
  REQUIRE(file->sync());
  REQUIRE(disk.sync_folder("d"));
  REQUIRE(file->append(std::vector<std::string_view>{"lost"}));
  disk.fail({});
  CHECK_FALSE(file->sync());
  CHECK(file->sync());
  disk.crash();
  CHECK(disk.content("d/a") == "kept");
}

TEST_CASE("files and locks of before a crash are no longer anyone's") {
  memory_file_system disk;
  const auto file = make(with_folder(disk), "d/a", "1");
  const auto before = disk.lock("d/lock");
  REQUIRE(before);
  CHECK(disk.lock("d/lock").failure().code == errc::conflict);
  disk.crash();
  CHECK_FALSE(file->append(std::vector<std::string_view>{"2"}));
  CHECK_FALSE(file->sync());
  auto after = disk.lock("d/lock");
  REQUIRE(after);
  after->reset();
  CHECK(disk.lock("d/lock"));
}

TEST_CASE("a file is read as it was when it was opened") {
  memory_file_system disk;
  const auto file = make(with_folder(disk), "d/a", "0123");
  const auto opened = disk.open("d/a");
  REQUIRE(opened);
  REQUIRE(file->append(std::vector<std::string_view>{"4"}));
  CHECK((*opened)->size() == 4);
  CHECK(*(*opened)->read(1, 2) == "12");
  CHECK((*opened)->read(2, 3).failure().code == errc::io);
  CHECK(disk.open("d/b").failure().code == errc::not_found);
  CHECK(disk.create("missing/a").failure().code == errc::not_found);
}

TEST_CASE("a cut is on the disk at once, and a file that is put there too") {
  memory_file_system disk;
  disk.put("d/a", "0123");
  REQUIRE(disk.truncate("d/a", 2));
  disk.crash();
  CHECK(disk.content("d/a") == "01");
}
