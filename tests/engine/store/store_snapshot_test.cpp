// SPDX-License-Identifier: MIT
// A snapshot is a store of its own that has every row which was there before it was asked for, whatever
// becomes of the store, and a restored one has the same rows.
#include "engine/store/store_snapshot.hpp"

#include "engine/store/snapshot_writer.hpp"
#include "engine/store/store_check.hpp"
#include "engine/store/store_restore.hpp"
#include "tests/engine/store/support/full_store.hpp"
#include "tests/engine/support/scans.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

const std::string snapshots = "data/snapshots";

result<snapshot_info> make_snapshot(const full_store& store, opened_store& in, const std::string& name) {
  auto writer = snapshot_writer::begin(store.disk, store_path, name);
  if (!writer)
    return writer.failure();
  auto log = in.log->copy_to(writer->log_folder());
  if (!log)
    return log.failure();
  writer->add_log(*std::move(log));
  for (std::uint32_t shard = 0; shard < in.shards.size(); ++shard) {
    const auto added = writer->add_shard(shard, in.shards[shard]->state());
    if (!added)
      return added.failure();
    REQUIRE(*added);
  }
  return writer->finish(1'000'000'000);
}

std::map<event_id, event> rows_in(const full_store& on, const std::string& path) {
  store_folder_settings settings = store_settings();
  settings.path = path;
  const auto opened = open_store(on.disk, settings);
  REQUIRE(opened);
  CHECK(opened->warnings.empty());
  std::map<event_id, event> found;
  for (const auto& shard : opened->shards)
    for (const model_row& each : find_rows(every_row(), shard->candidates({})))
      REQUIRE(found.emplace(each.id, each.what).second);
  return found;
}

opened_store open(const full_store& store) {
  auto opened = open_store(store.disk, store_settings());
  REQUIRE(opened);
  return *std::move(opened);
}

}  // namespace

TEST_CASE("a snapshot has every row, in segments and in the log, and says how many") {
  const full_store store;
  opened_store running = open(store);
  const auto made = make_snapshot(store, running, "one");
  REQUIRE(made);
  CHECK(made->events == store.rows.size());
  CHECK(made->bytes > 0);
  const auto listed = list_snapshots(*store.disk, snapshots);
  REQUIRE(listed);
  CHECK(*listed == std::vector<snapshot_info>{*made});
  const auto found = check_store(*store.disk, snapshots + "/one");
  REQUIRE(found);
  CHECK(found->clean());
  for (const auto how : {restore_how::copied, restore_how::linked}) {
    const std::string to = how == restore_how::copied ? "copied" : "linked";
    REQUIRE(restore_snapshot(*store.disk, snapshots + "/one", to, how));
    CHECK(rows_in(store, to) == store.rows);
  }
}

TEST_CASE("a snapshot outlives the segments of its store and what is written afterwards") {
  const full_store store;
  opened_store running = open(store);
  REQUIRE(make_snapshot(store, running, "one"));
  for (const auto& shard : running.shards) {
    const auto order = shard->expire_beyond(0);
    REQUIRE(order);
    carry_out(store.disk, *order);
    REQUIRE_FALSE(order->failure);
    shard->finish(*order);
  }
  auto rows = make_batch(std::vector{make_event(77, "later")});
  const wal_payload payload = make_wal_payload(*rows);
  const std::vector<commit_log::entry> entries{{0, rows, &payload}};
  running.log->number(entries);
  REQUIRE(running.log->write(entries));
  REQUIRE(running.log->sync());
  store.disk->crash();
  REQUIRE(restore_snapshot(*store.disk, snapshots + "/one", "restored", restore_how::copied));
  CHECK(rows_in(store, "restored") == store.rows);
}

TEST_CASE("a store that has snapshots opens without a word, and unfinished ones are removed") {
  const full_store store;
  opened_store running = open(store);
  REQUIRE(make_snapshot(store, running, "kept"));
  auto begun = snapshot_writer::begin(store.disk, store_path, "begun");
  REQUIRE(begun);
  REQUIRE(running.log->copy_to(begun->log_folder()));
  running.lock.reset();
  const opened_store again = open(store);
  CHECK(again.warnings.empty());
  CHECK(list_snapshots(*store.disk, snapshots)->size() == 1);
  REQUIRE(remove_unfinished_snapshots(*store.disk, snapshots));
  CHECK(*store.disk->list(snapshots) == std::vector<std::string>{"kept"});
}

TEST_CASE("a snapshot that is removed is gone, and the store is as it was") {
  const full_store store;
  opened_store running = open(store);
  REQUIRE(make_snapshot(store, running, "one"));
  REQUIRE(remove_snapshot(*store.disk, snapshots, "one"));
  CHECK(list_snapshots(*store.disk, snapshots)->empty());
  CHECK(store.disk->list(snapshots)->empty());
  const auto again = remove_snapshot(*store.disk, snapshots, "one");
  REQUIRE_FALSE(again);
  CHECK(again.failure().code == errc::not_found);
  running.lock.reset();
  CHECK(rows_in(store, store_path) == store.rows);
}

TEST_CASE("a name that is taken makes no second snapshot") {
  const full_store store;
  opened_store running = open(store);
  REQUIRE(make_snapshot(store, running, "one"));
  const auto second = make_snapshot(store, running, "one");
  REQUIRE_FALSE(second);
  CHECK(second.failure().code == errc::conflict);
}

TEST_CASE("a segment that goes while a shard is added has the shard added again") {
  const full_store store;
  opened_store running = open(store);
  auto writer = snapshot_writer::begin(store.disk, store_path, "one");
  REQUIRE(writer);
  auto log = running.log->copy_to(writer->log_folder());
  REQUIRE(log);
  writer->add_log(*std::move(log));
  manifest stale = running.shards[0]->state();
  stale.segments.push_back(stale.segments.front());
  stale.segments.back().covers = {{500, 501}};
  CHECK_FALSE(*writer->add_shard(0, stale));
  CHECK(*writer->add_shard(0, running.shards[0]->state()));
  CHECK(*writer->add_shard(1, running.shards[1]->state()));
  REQUIRE(writer->finish(0));
  CHECK(check_store(*store.disk, snapshots + "/one")->clean());
}

TEST_CASE("a snapshot that the disk fails at any call leaves a store that is whole and no snapshot") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    const full_store store;
    opened_store running = open(store);
    store.disk->fail({call, errc::disk_full, true});
    const auto made = make_snapshot(store, running, "one");
    store.disk->heal();
    if (made)
      break;
    // It counts if only the last sync failed.
    const auto listed = list_snapshots(*store.disk, snapshots);
    REQUIRE(listed);
    if (!listed->empty())
      CHECK(check_store(*store.disk, snapshots + "/one")->clean());
    running.lock.reset();
    CHECK(rows_in(store, store_path) == store.rows);
  }
}

TEST_CASE("names that lead elsewhere are no names of snapshots") {
  for (const char* good : {"a", "2026-11-25T06-34-15Z", "before_upgrade.1"}) {
    INFO(good);
    CHECK(check_snapshot_name(good));
  }
  const std::string name_of_now = snapshot_name_of(1'764'052'455'123'456'789);
  CHECK(check_snapshot_name(name_of_now));
  for (const std::string& bad : std::vector<std::string>{
           std::string{}, std::string{".."}, std::string{"."}, std::string{"../x"}, std::string{"a/b"},
           std::string{"-rf"}, std::string{".hidden"}, std::string{"a b"}, std::string{"a\0b", 3},
           std::string{"ä"}, std::string(65, 'a')}) {
    INFO(bad);
    CHECK_FALSE(check_snapshot_name(bad));
  }
}

TEST_CASE("a damaged snapshot, a folder that is none and a target with something in it are not restored") {
  const full_store store;
  opened_store running = open(store);
  REQUIRE(make_snapshot(store, running, "one"));
  const auto into_full = restore_snapshot(*store.disk, snapshots + "/one", store_path, restore_how::copied);
  REQUIRE_FALSE(into_full);
  CHECK(into_full.failure().code == errc::conflict);
  const auto of_none = restore_snapshot(*store.disk, "data/wal", "new", restore_how::copied);
  REQUIRE_FALSE(of_none);
  CHECK(of_none.failure().code == errc::invalid);
  const std::string segment = snapshots + "/one" + store.in_segment.begin()->first.substr(4);
  store.disk->put(segment, flipped(store.disk->content(segment), 60));
  const auto damaged = restore_snapshot(*store.disk, snapshots + "/one", "new", restore_how::copied);
  REQUIRE_FALSE(damaged);
  CHECK(damaged.failure().code == errc::invalid);
  CHECK(damaged.failure().message.find(segment) != std::string::npos);
  CHECK_FALSE(store.disk->list("new"));
}
