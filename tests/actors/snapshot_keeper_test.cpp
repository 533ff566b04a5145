// SPDX-License-Identifier: MIT
// Snapshots of a store that is used, and what is answered where there can be none.
#include "actors/snapshot_keeper.hpp"

#include "engine/store/store_restore.hpp"
#include "tests/actors/support/committer_fixture.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <optional>
#include <string>

namespace logstream::test {
namespace {

using nlohmann::json;

struct keeper_fixture : committer_fixture {
  explicit keeper_fixture(memory_disk_ptr on = std::make_shared<memory_file_system>())
      : committer_fixture({}, std::move(on)) {
    keeper_settings.disk = disk;
    keeper_settings.path = "data";
    keeper_settings.time = system.now();
    keeper_settings.most = 3;
    start_keeper();
  }

  void start_keeper() {
    keeper = system.keep(spawn_snapshot_keeper(system.actors(), keeper_settings));
    wire_keeper();
  }
  void wire_keeper() { system.tell(keeper, atom::wire_v, std::make_shared<const service_handles>(handles)); }

  result<json> add(const std::string& name = {}) {
    auto answer = system.fetch<json>(keeper, atom::add_v, name);
    REQUIRE(answer);
    return *std::move(answer);
  }
  json list() { return **system.fetch<json>(keeper, atom::list_v); }
  result<json> erase(const std::string& name) {
    auto answer = system.fetch<json>(keeper, atom::erase_v, name);
    REQUIRE(answer);
    return *std::move(answer);
  }
  std::uint64_t rows_restored(const std::string& name) {
    const std::string to = "restored-" + name;
    REQUIRE(restore_snapshot(*disk, "data/snapshots/" + name, to, restore_how::copied));
    store_folder_settings settings_of_it;
    settings_of_it.path = to;
    settings_of_it.shards = 2;
    const auto opened = open_store(disk, settings_of_it);
    REQUIRE(opened);
    CHECK(opened->warnings.empty());
    std::uint64_t events = 0;
    for (const auto& each : opened->shards) events += each->figures().events;
    return events;
  }

  snapshot_keeper_settings keeper_settings;
  snapshot_keeper_actor keeper;
};

TEST_CASE("A snapshot has what was acknowledged before, and nothing of what came after") {
  keeper_fixture with;
  REQUIRE(with.commit(in_both)->ok());
  const auto made = with.add("one");
  REQUIRE(made);
  CHECK((*made)["name"] == "one");
  CHECK((*made)["events"] == 2);
  CHECK((*made)["created"] == "2024-05-01T12:00:00Z");
  REQUIRE(with.commit(in_both)->ok());
  CHECK(with.list() == json{{"count", 1}, {"snapshots", json::array({*made})}});
  CHECK(with.rows_restored("one") == 2);
}

TEST_CASE("A snapshot without a name is called after the time") {
  keeper_fixture with;
  const auto made = with.add();
  REQUIRE(made);
  CHECK((*made)["name"] == "2024-05-01T12-00-00Z");
}

TEST_CASE("A snapshot that is erased is listed no more, and one that is not there is not found") {
  keeper_fixture with;
  REQUIRE(with.add("one"));
  REQUIRE(with.erase("one"));
  CHECK(with.list()["count"] == 0);
  CHECK(with.erase("one").failure().code == errc::not_found);
  CHECK(with.erase("..").failure().code == errc::invalid);
}

TEST_CASE("Names that are taken or lead elsewhere, and more snapshots than may be, are refused") {
  keeper_fixture with;
  CHECK(with.add("../x").failure().code == errc::invalid);
  REQUIRE(with.add("1"));
  CHECK(with.add("1").failure().code == errc::conflict);
  REQUIRE(with.add("2"));
  REQUIRE(with.add("3"));
  CHECK(with.add("4").failure().code == errc::conflict);
}

TEST_CASE("A store in memory has no snapshots and says why") {
  keeper_fixture with{nullptr};
  const auto made = with.add("one");
  REQUIRE_FALSE(made);
  CHECK(made.failure().code == errc::conflict);
  CHECK(made.failure().message.find("storage.mode") != std::string::npos);
  CHECK(with.erase("one").failure().code == errc::conflict);
}

TEST_CASE("A log that is not copied in time fails the snapshot and leaves nothing of it") {
  keeper_fixture with;
  with.handles.committer =
      with.system.keep(spawn_dummy(with.system.actors(), std::make_shared<committer_log>()));
  with.wire_keeper();
  std::optional<errc> failed;
  with.system.tell(with.keeper, atom::add_v, std::string{"one"},
                   make_answer<json>([&](const result<json>& got) { failed = got.failure().code; }));
  CHECK(with.add("two").failure().code == errc::conflict);
  CHECK_FALSE(failed);
  with.system.advance(std::chrono::seconds{21}, std::chrono::seconds{1});
  CHECK(failed == errc::unavailable);
  CHECK(with.list()["count"] == 0);
  CHECK(with.disk->list("data/snapshots")->empty());
}

TEST_CASE("A disk that is full fails the snapshot, and the store goes on") {
  keeper_fixture with;
  REQUIRE(with.commit(in_both)->ok());
  with.disk->fail({1, errc::disk_full});
  CHECK(with.add("one").failure().code == errc::disk_full);
  REQUIRE(with.commit(in_both)->ok());
  REQUIRE(with.add("one"));
  CHECK(with.rows_restored("one") == 4);
}

TEST_CASE("What is left of a snapshot that was not finished goes with the next start") {
  keeper_fixture with;
  REQUIRE(with.disk->make_folder("data/snapshots/half/wal"));
  with.disk->put("data/snapshots/half/wal/" + wal_file_name(1), "half");
  with.start_keeper();
  CHECK(with.disk->list("data/snapshots")->empty());
}

}  // namespace
}  // namespace logstream::test
