// SPDX-License-Identifier: MIT
// What a store opens with: new, full, moved to another setting, held by another.
#include "engine/store/store_folder.hpp"

#include "tests/engine/store/support/store_run.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace logstream;
using namespace logstream::test;

TEST_CASE("a folder that is not there is made, with nothing in it") {
  store_run run{1};
  REQUIRE(run.open());
  CHECK(run.store().shards.size() == 2);
  CHECK(run.store().warnings.empty());
  CHECK(run.store().replayed_rows == 0);
  CHECK(run.store().log->has_disk());
  CHECK(run.wrong(false) == "");
}

TEST_CASE("rows that are in no segment come out of the log, all others out of segments") {
  store_run run{1};
  run.run(30);
  std::uint64_t unsealed = 0;
  for (const auto& shard : run.store().shards) unsealed += shard->figures().events;
  for (const auto& shard : run.store().shards)
    for (const block_ref& each : shard->candidates({}).blocks) unsealed -= each.head().rows;
  run.close();
  run.disk->crash();
  REQUIRE(run.open());
  CHECK(run.store().replayed_rows == unsealed);
  CHECK(run.store().warnings.empty());
  CHECK(run.wrong(false) == "");
}

TEST_CASE("the log is short once everything is sealed") {
  store_run run{1};
  run.run(30);
  for (std::uint32_t shard = 0; shard < 2; ++shard)
    if (const auto order = run.store().shards[shard]->seal(true)) {
      carry_out(run.disk, *order);
      run.store().shards[shard]->finish(*order);
      REQUIRE(run.store().log->sealed(shard, run.store().shards[shard]->sealed_through()));
    }
  CHECK(run.disk->list("data/wal")->size() == 1);
  run.close();
  REQUIRE(run.open());
  CHECK(run.store().replayed_rows == 0);
  CHECK(run.wrong(false) == "");
}

TEST_CASE("a folder is opened by one at a time") {
  const auto disk = std::make_shared<memory_file_system>();
  auto first = open_store(disk, store_settings());
  REQUIRE(first);
  const auto second = open_store(disk, store_settings());
  REQUIRE_FALSE(second);
  CHECK(second.failure().code == errc::conflict);
  first->lock.reset();
  CHECK(open_store(disk, store_settings()));
}

TEST_CASE("a folder keeps its shards and its node whatever the settings say, and tells of it") {
  store_run run{1};
  run.run(20);
  run.close();
  store_folder_settings other = store_settings();
  other.shards = 5;
  other.node = 9;
  {
    const auto opened = open_store(run.disk, other);
    REQUIRE(opened);
    CHECK(opened->shards.size() == 2);
    REQUIRE(opened->warnings.size() == 2);
    CHECK_THAT(opened->warnings[0], Catch::Contains("2 shards"));
    CHECK_THAT(opened->warnings[1], Catch::Contains("node 3"));
  }
  REQUIRE(run.open());
  CHECK(run.wrong(false) == "");
  run.run(3);
  CHECK(run.wrong(false) == "");
}

TEST_CASE(
    "a description that is damaged, missing or too small for the shards there are is an error that names "
    "it") {
  store_run run{1};
  run.run(20);
  run.close();
  const std::string whole = run.disk->content("data/store");
  const auto check_refused = [&] {
    const auto opened = open_store(run.disk, store_settings());
    REQUIRE_FALSE(opened);
    CHECK(opened.failure().code == errc::invalid);
    CHECK_THAT(opened.failure().message, Catch::Contains("data/store"));
  };
  run.disk->put("data/store", whole.substr(0, 20));
  check_refused();
  run.disk->put("data/store", "logstream-store 1\nshards 1\nnode 3\n");
  check_refused();
  REQUIRE(run.disk->remove("data/store"));
  check_refused();
  run.disk->put("data/store", "logstream-store 2\nshards 2\nnode 3\n");
  const auto later = open_store(run.disk, store_settings());
  REQUIRE_FALSE(later);
  CHECK(later.failure().code == errc::unsupported);
  run.disk->put("data/store", whole);
  REQUIRE(run.open());
  CHECK(run.wrong(false) == "");
}
