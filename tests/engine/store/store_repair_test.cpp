// SPDX-License-Identifier: MIT
// Files of a store with wrong bytes, cut or gone: a check finds each of them, and a repair leaves nothing to
// find, loses no row that is whole and deletes nothing.
#include "engine/store/store_repair.hpp"

#include "engine/store/store_check.hpp"
#include "engine/store/wal_record.hpp"
#include "tests/engine/store/support/full_store.hpp"
#include "tests/engine/support/scans.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

store_check checked(const full_store& store) {
  auto found = check_store(*store.disk, store_path);
  REQUIRE(found);
  return *std::move(found);
}

file_state state_of(const store_check& in, const std::string& path) {
  const auto found = std::find_if(in.files.begin(), in.files.end(),
                                  [&](const checked_file& each) { return each.path == path; });
  REQUIRE(found != in.files.end());
  return found->state;
}

// The rows of a store that opens without a word, each of which must be one of `from`.
std::uint64_t rows_after_repair(const full_store& from) {
  const auto opened = open_store(from.disk, store_settings());
  REQUIRE(opened);
  CHECK(opened->warnings.empty());
  std::set<event_id> seen;
  for (const auto& shard : opened->shards)
    for (const model_row& each : find_rows(every_row(), shard->candidates({}))) {
      REQUIRE(from.rows.at(each.id) == each.what);
      REQUIRE(seen.insert(each.id).second);
    }
  return seen.size();
}

// Finds the damage, mends it, and returns how many rows are left.
std::uint64_t mended(const full_store& store, const std::string& path) {
  INFO(path);
  const store_check before = checked(store);
  CHECK_FALSE(before.clean());
  CHECK(state_of(before, path) != file_state::sound);
  const auto repaired = repair_store(store.disk, store_path);
  REQUIRE(repaired);
  CHECK_FALSE(repaired->done.empty());
  const store_check after = checked(store);
  CHECK(after.clean());
  const auto again = repair_store(store.disk, store_path);
  REQUIRE(again);
  CHECK(again->done.empty());
  return rows_after_repair(store);
}

std::vector<std::string> log_files(const full_store& store) {
  auto names = store.disk->list("data/wal");
  REQUIRE(names);
  for (std::string& each : *names) each = "data/wal/" + each;
  return *names;
}

}  // namespace

TEST_CASE("a store that nobody harmed is clean, and a repair does nothing to it") {
  const full_store store;
  const store_check found = checked(store);
  CHECK(found.clean());
  std::uint64_t in_segments = 0;
  for (const checked_file& each : found.files)
    if (each.path.ends_with(".seg"))
      in_segments += each.rows;
  CHECK(in_segments == 4 * full_store::sealed_rows / 2);
  const std::uint64_t calls = store.disk->calls();
  CHECK(checked(store).clean());
  CHECK(store.disk->calls() == calls);
  const auto repaired = repair_store(store.disk, store_path);
  REQUIRE(repaired);
  CHECK(repaired->done.empty());
  CHECK(rows_after_repair(store) == store.rows.size());
}

TEST_CASE("a manifest that is wrong anywhere, cut or gone is found and made anew without losing a row") {
  const std::string path = "data/shard-01/manifest";
  const std::size_t size = full_store{}.disk->content(path).size();
  for (std::size_t at = 0; at < size; at += 7)
    for (const bool cut : {false, true}) {
      const full_store store;
      const std::string whole = store.disk->content(path);
      store.disk->put(path, cut ? whole.substr(0, at) : flipped(whole, at));
      CHECK(mended(store, path) == store.rows.size());
    }
  const full_store store;
  REQUIRE(store.disk->remove(path));
  CHECK(mended(store, path) == store.rows.size());
}

TEST_CASE("a segment that is wrong in any byte is found, and costs no more than its own rows") {
  const full_store model;
  const auto& [path, rows] = *model.in_segment.begin();
  const std::string whole = model.disk->content(path);
  std::uint64_t rescued = 0;
  for (std::size_t at = 0; at < whole.size(); at += 3) {
    INFO("byte " << at);
    const full_store store;
    store.disk->put(path, flipped(whole, at));
    const std::uint64_t left = mended(store, path);
    CHECK(left <= store.rows.size());
    CHECK(left >= store.rows.size() - rows);
    rescued += left == store.rows.size() ? 1 : 0;
    CHECK(store.disk->content("data/shard-00/quarantine/" + path.substr(path.rfind('/') + 1)) ==
          flipped(whole, at));
  }
  // Where only the filters are wrong.
  CHECK(rescued > 0);
}

TEST_CASE("a segment that is cut or gone is found and costs its rows") {
  const full_store model;
  for (const auto& [path, rows] : model.in_segment) {
    const full_store cut;
    cut.disk->put(path, cut.disk->content(path).substr(0, 100));
    CHECK(mended(cut, path) == cut.rows.size() - rows);
    const full_store gone;
    REQUIRE(gone.disk->remove(path));
    CHECK(mended(gone, path) == gone.rows.size() - rows);
  }
}

TEST_CASE("the good blocks of a damaged segment outlive it") {
  full_store store;
  // Two streams are two blocks.
  auto opened = open_store(store.disk, store_settings());
  REQUIRE(opened);
  auto rows =
      make_batch(std::vector{make_event(1, "one", level::info, "a"), make_event(2, "two", level::info, "b")});
  rows->number({0, 0}, opened->shards[0]->next_sequence());
  const std::uint64_t begin = rows->first_sequence();
  opened->shards[0]->append(begin, begin + 2, {rows});
  const auto order = opened->shards[0]->seal(true);
  REQUIRE(order);
  carry_out(store.disk, *order);
  REQUIRE(order->sealed);
  const std::string path = order->sealed->path();
  const auto& directory = order->sealed->directory();
  REQUIRE(directory.blocks().size() >= 2);
  const auto last = static_cast<std::uint32_t>(directory.blocks().size() - 1);
  const std::uint32_t lost = directory.blocks()[last].rows;
  const std::uint64_t whole = order->sealed->info().rows;
  store.disk->put(path, flipped(store.disk->content(path), directory.place(last, 2).offset));
  opened->lock.reset();

  const auto repaired = repair_store(store.disk, store_path);
  REQUIRE(repaired);
  CHECK(repaired->lost_rows == lost);
  const store_check after = checked(store);
  CHECK(after.clean());
  CHECK(std::any_of(after.files.begin(), after.files.end(), [&](const checked_file& each) {
    return each.path.ends_with("-0001.seg") && each.rows == whole - lost;
  }));
}

TEST_CASE("a file of the log that is wrong anywhere is found, and keeps the records before") {
  const full_store model;
  for (const std::string& path : log_files(model)) {
    const std::string whole = model.disk->content(path);
    for (std::size_t at = 0; at < whole.size(); at += 5) {
      INFO("byte " << at);
      const full_store store;
      store.disk->put(path, flipped(whole, at));
      const std::uint64_t left = mended(store, path);
      CHECK(left <= store.rows.size());
      CHECK(store.disk->content("data/wal/quarantine/" + path.substr(path.rfind('/') + 1)) ==
            flipped(whole, at));
    }
  }
}

TEST_CASE("the torn end of the log is found and cut off, and every record before it stays") {
  const full_store store;
  const std::string path = log_files(store).back();
  store.disk->put(path, store.disk->content(path) + "not a record");
  CHECK(state_of(checked(store), path) == file_state::torn);
  CHECK(mended(store, path) == store.rows.size());
}

TEST_CASE("a file of the log that is missing between others is found") {
  const full_store store;
  const auto last = parse_wal_file_name(log_files(store).back().substr(std::string{"data/wal/"}.size()));
  REQUIRE(last);
  store.disk->put("data/wal/" + wal_file_name(*last + 2), wal_file_head(*last + 2));
  CHECK(mended(store, "data/wal/" + wal_file_name(*last + 1)) == store.rows.size());
}

TEST_CASE("a description that is damaged or gone is found and written anew") {
  for (const bool gone : {false, true}) {
    const full_store store;
    const std::string before = store.disk->content("data/store");
    if (gone)
      REQUIRE(store.disk->remove("data/store"));
    else
      store.disk->put("data/store", "logstream-store 1\nshards x\n");
    CHECK(mended(store, "data/store") == store.rows.size());
    CHECK(store.disk->content("data/store") == before);
  }
}

TEST_CASE("what a crash left is found, and a repair moves it to quarantine") {
  const full_store store;
  const std::string segment = store.in_segment.begin()->first;
  const std::string orphan = "data/shard-00/" + segment_name({1000, 1001, 0});
  store.disk->put(orphan, store.disk->content(segment));
  store.disk->put("data/shard-00/manifest.tmp", "half");
  CHECK(state_of(checked(store), orphan) == file_state::leftover);
  CHECK(mended(store, "data/shard-00/manifest.tmp") == store.rows.size());
  CHECK(store.disk->content("data/shard-00/quarantine/manifest.tmp") == "half");
  CHECK_FALSE(store.disk->content("data/shard-00/quarantine/" + segment_name({1000, 1001, 0})).empty());
}

TEST_CASE("a repair that the disk interrupts at any call can be made again") {
  for (std::uint64_t call = 1;; ++call) {
    INFO("call " << call);
    const full_store store;
    const auto& [path, rows] = *store.in_segment.begin();
    store.disk->put(path, flipped(store.disk->content(path), 60));
    store.disk->put("data/shard-01/manifest", "none");
    const std::string log = log_files(store).back();
    store.disk->put(log, store.disk->content(log) + "torn");
    store.disk->fail({call, errc::io, true});
    const bool through = repair_store(store.disk, store_path).ok();
    store.disk->heal();
    const auto again = repair_store(store.disk, store_path);
    INFO((again ? "" : again.failure().message));
    REQUIRE(again);
    CHECK(checked(store).clean());
    CHECK(rows_after_repair(store) >= store.rows.size() - rows);
    if (through)
      break;
  }
}

TEST_CASE("a folder that is no store's cannot be checked") {
  memory_file_system disk;
  disk.put("else/file", "content");
  const auto found = check_store(disk, "else");
  REQUIRE_FALSE(found);
  CHECK(found.failure().code == errc::not_found);
}
