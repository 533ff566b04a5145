// SPDX-License-Identifier: MIT
// The description is written once, read ever after, and mended by nobody but a person.
#include "engine/store/store_description.hpp"

#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

store_description description_in(memory_file_system& disk, const store_description& fresh) {
  const auto loaded = load_description(disk, "data", fresh);
  REQUIRE(loaded);
  return *loaded;
}

result<store_description> load_text(const std::string& text) {
  memory_file_system disk;
  disk.put("data/store", text);
  return load_description(disk, "data", {4, 1});
}

}  // namespace

TEST_CASE("a folder without a description gets the one that is wanted, and keeps it") {
  memory_file_system disk;
  REQUIRE(disk.make_folder("data"));
  CHECK(description_in(disk, {4, 9}) == store_description{4, 9});
  disk.crash();
  CHECK(disk.content("data/store") == "logstream-store 1\nshards 4\nnode 9\n");
  CHECK(description_in(disk, {2, 1}) == store_description{4, 9});
}

TEST_CASE("a description that was cut anywhere is damaged") {
  const std::string whole = "logstream-store 1\nshards 16\nnode 12\n";
  REQUIRE(load_text(whole));
  CHECK(*load_text(whole) == store_description{16, 12});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    INFO(size);
    const auto loaded = load_text(whole.substr(0, size));
    REQUIRE_FALSE(loaded);
    CHECK(loaded.failure().code == errc::invalid);
    CHECK_THAT(loaded.failure().message, Catch::Contains("data/store"));
  }
}

TEST_CASE("a description says something else than three lines of small numbers only if it is damaged") {
  for (const char* text :
       {"logstream-store 1\nshards 0\nnode 0\n", "logstream-store 1\nshards 257\nnode 0\n",
        "logstream-store 1\nshards 1\nnode 256\n", "logstream-store 1\nshards 1\nnode -1\n",
        "logstream-store 1\nshards 1\nnode 0\n\n", "logstream-store 1\nshards 1x\nnode 0\n",
        "logstream-store 1\nshards \nnode 0\n", "logstream-store 1\nshards 99999999999\nnode 0\n",
        "logstream-store 1\nnode 0\nshards 1\n", "logstream-stone 1\nshards 1\nnode 0\n"}) {
    INFO(text);
    const auto loaded = load_text(text);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.failure().code == errc::invalid);
  }
}

TEST_CASE("a description of a later version is not read") {
  const auto loaded = load_text("logstream-store 2\nwhatever\n");
  REQUIRE_FALSE(loaded);
  CHECK(loaded.failure().code == errc::unsupported);
}

TEST_CASE(
    "whichever call fails while a description is written, it is there whole afterwards or can be made") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    memory_file_system disk;
    REQUIRE(disk.make_folder("data"));
    disk.fail({.call = call, .lasting = true});
    const auto made = load_description(disk, "data", {4, 9});
    disk.crash();
    CHECK(description_in(disk, {4, 9}) == store_description{4, 9});
    if (made)
      break;
  }
}
