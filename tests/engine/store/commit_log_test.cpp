// SPDX-License-Identifier: MIT
// Rows get numbers without gaps, and whatever the disk does, what was synced is replayed once.
#include "engine/store/commit_log.hpp"

#include "engine/store/wal_reader.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <list>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// What tells a batch: its shard, its first sequence and the message of its first row.
struct told_batch {
  std::uint32_t shard;
  std::uint64_t sequence;
  std::string message;

  bool operator==(const told_batch&) const = default;
  friend std::ostream& operator<<(std::ostream& out, const told_batch& shown) {
    return out << shown.shard << '/' << shown.sequence << ' ' << shown.message;
  }
};

std::vector<event> some_events(const std::string& message, int count) {
  return std::vector<event>(static_cast<std::size_t>(count), make_event(1, message));
}

// A log of two shards on a disk in memory.
class log_on_disk {
 public:
  explicit log_on_disk(std::uint64_t file_bytes = 1 << 20) {
    REQUIRE(disk->make_folder("log"));
    wal_settings settings{"log", file_bytes};
    auto writer = wal_writer::open(disk, settings, 1);
    REQUIRE(writer);
    log = std::make_unique<commit_log>(std::uint8_t{7}, std::vector<std::uint64_t>{100, 200}, disk, settings,
                                       *std::move(writer), wal_ledger{2});
  }

  // Batches for shards 0 and 1 by turns, one to three rows each. Returns true once they are synced.
  bool commit(int batches, bool sync = true) {
    std::list<wal_payload> payloads;
    std::vector<commit_log::entry> entries;
    for (int i = 0; i < batches; ++i) {
      auto rows = make_batch(some_events(std::to_string(made_), 1 + made_ % 3));
      payloads.push_back(make_wal_payload(*rows));
      entries.push_back({static_cast<std::uint32_t>(made_++ % 2), std::move(rows), &payloads.back()});
    }
    log->number(entries);
    if (!log->write(entries) || (sync && !log->sync()))
      return false;
    for (const auto& each : entries)
      kept.push_back({each.shard, each.rows->first_sequence(), std::string{each.rows->message(0)}});
    return true;
  }

  std::vector<told_batch> replay() {
    std::vector<told_batch> found;
    const auto summary = replay_wal(*disk, "log", [&](const wal_record& each) -> result<void> {
      found.push_back({each.shard, each.first_sequence, std::string{each.rows->message(0)}});
      return {};
    });
    REQUIRE(summary);
    return found;
  }

  std::size_t files() { return disk->list("log")->size(); }

  std::shared_ptr<memory_file_system> disk = std::make_shared<memory_file_system>();
  std::unique_ptr<commit_log> log;
  std::vector<told_batch> kept;

 private:
  int made_ = 0;
};

}  // namespace

TEST_CASE("rows are numbered without gaps, for each shard on its own") {
  commit_log log{7, 2};
  const std::vector<commit_log::entry> first{{0, make_batch(some_events("a", 3)), nullptr},
                                             {1, make_batch(some_events("b", 2)), nullptr},
                                             {0, make_batch(some_events("c", 4)), nullptr}};
  auto ranges = log.number(first);
  REQUIRE(ranges.size() == 2);
  CHECK((ranges[0].begin == 0 && ranges[0].end == 7));
  CHECK((ranges[1].begin == 0 && ranges[1].end == 2));
  CHECK(first[2].rows->id(0) == event_id{1, {7, 0}, 3});
  const std::vector<commit_log::entry> second{{0, make_batch(some_events("d", 1)), nullptr}};
  ranges = log.number(second);
  CHECK((ranges[0].begin == 7 && ranges[0].end == 8));
  CHECK((ranges[1].begin == 2 && ranges[1].end == 2));
}

TEST_CASE("a log without a disk takes everything and keeps nothing") {
  commit_log log{7, 1};
  const std::vector<commit_log::entry> entries{{0, make_batch(some_events("a", 3)), nullptr}};
  log.number(entries);
  CHECK_FALSE(log.has_disk());
  CHECK(log.write(entries));
  CHECK_FALSE(log.unsynced());
  CHECK(log.sync());
  CHECK(log.sealed(0, 3));
}

TEST_CASE("numbers go on from where a replay ended") {
  log_on_disk on;
  REQUIRE(on.commit(3));
  CHECK(on.replay() == std::vector<told_batch>{{0, 100, "0"}, {1, 200, "1"}, {0, 101, "2"}});
}

TEST_CASE("what was written is unsynced until it is synced") {
  log_on_disk on;
  CHECK_FALSE(on.log->unsynced());
  REQUIRE(on.commit(1, false));
  CHECK(on.log->unsynced());
  REQUIRE(on.log->sync());
  CHECK_FALSE(on.log->unsynced());
  const std::uint64_t calls = on.disk->calls();
  CHECK(on.log->sync());
  CHECK(on.disk->calls() == calls);
}

TEST_CASE("numbers of rows that were refused are not given again") {
  log_on_disk on;
  on.disk->fail({.call = 1});
  CHECK_FALSE(on.commit(2));
  REQUIRE(on.commit(2));
  CHECK(on.replay() == std::vector<told_batch>{{0, 101, "2"}, {1, 202, "3"}});
}

TEST_CASE("that refused rows could not be cut off is told once") {
  log_on_disk on;
  REQUIRE(on.commit(2));
  on.disk->fail({.call = 1});
  CHECK_FALSE(on.commit(2));
  CHECK_FALSE(on.log->take_uncut());
  on.disk->fail({.call = 1});
  on.commit(2);
  CHECK(on.log->take_uncut());
  CHECK_FALSE(on.log->take_uncut());
}

TEST_CASE("after a write or sync that failed the next one goes to another file") {
  for (const std::uint64_t call : {1u, 2u}) {
    INFO("call " << call);
    log_on_disk on;
    REQUIRE(on.commit(2));
    on.disk->fail({.call = call});
    CHECK_FALSE(on.commit(2));
    CHECK(on.files() == 1);
    REQUIRE(on.commit(2));
    CHECK(on.files() == 2);
    on.disk->crash();
    CHECK(on.replay() == on.kept);
  }
}

TEST_CASE(
    "whichever calls fail, what was acknowledged before and after is replayed once and nothing else is") {
  constexpr int commits = 20;
  log_on_disk whole{200};
  const std::uint64_t before = whole.disk->calls();
  for (int i = 0; i < commits; ++i) REQUIRE(whole.commit(1 + i % 3));
  const std::uint64_t calls = whole.disk->calls() - before;
  for (std::uint64_t call = 1; call <= calls; ++call)
    for (const unsigned arriving : {0u, 50u, 100u})
      for (const bool crash : {false, true}) {
        INFO("call " << call << ", " << arriving << " percent arrive, crash " << crash);
        log_on_disk on{200};
        on.disk->fail({.call = call, .code = errc::disk_full, .arriving_percent = arriving});
        int refused = 0;
        for (int i = 0; i < commits; ++i) refused += on.commit(1 + i % 3) ? 0 : 1;
        REQUIRE(refused == 1);
        // What was refused last is cut off by the next write.
        REQUIRE(on.commit(1));
        if (crash)
          on.disk->crash();
        REQUIRE(on.replay() == on.kept);
      }
}

TEST_CASE("a disk that refuses for a while and is well again loses nothing that was acknowledged") {
  for (std::uint64_t call = 1; call <= 12; ++call) {
    INFO("call " << call);
    log_on_disk on{200};
    on.disk->fail({.call = call, .lasting = true});
    for (int i = 0; i < 8; ++i) on.commit(2);
    on.disk->heal();
    const std::size_t before = on.kept.size();
    for (int i = 0; i < 3; ++i) REQUIRE(on.commit(2));
    CHECK(on.kept.size() == before + 6);
    on.disk->crash();
    CHECK(on.replay() == on.kept);
  }
}

TEST_CASE("files go once all shards have sealed what is in them") {
  log_on_disk on{200};
  for (int i = 0; i < 30; ++i) REQUIRE(on.commit(2));
  const std::size_t files = on.files();
  REQUIRE(files > 5);
  REQUIRE(on.log->sealed(0, 1000));
  CHECK(on.files() == files);
  REQUIRE(on.log->sealed(1, 201));
  CHECK(on.files() == files);
  REQUIRE(on.log->sealed(1, 230));
  CHECK(on.files() < files);
  CHECK(on.files() > 1);
  on.disk->crash();
  std::vector<told_batch> unsealed;
  for (const told_batch& each : on.kept)
    if (each.shard == 1 && each.sequence >= 230)
      unsealed.push_back(each);
  std::vector<told_batch> found = on.replay();
  std::erase_if(found, [](const told_batch& each) { return each.shard == 0 || each.sequence < 230; });
  CHECK(found == unsealed);
}

TEST_CASE("the file that is written stays when everything in it is sealed") {
  log_on_disk on{200};
  for (int i = 0; i < 30; ++i) REQUIRE(on.commit(2));
  REQUIRE(on.log->sealed(0, 1000));
  REQUIRE(on.log->sealed(1, 1000));
  CHECK(on.files() == 1);
  on.kept.clear();
  REQUIRE(on.commit(2));
  const auto found = on.replay();
  REQUIRE(found.size() >= 2);
  CHECK(std::vector(found.end() - 2, found.end()) == on.kept);
}

TEST_CASE("a file that could not be removed goes with the next one") {
  log_on_disk on{200};
  for (int i = 0; i < 15; ++i) REQUIRE(on.commit(2));
  on.disk->fail({.call = 1});
  REQUIRE(on.log->sealed(0, 1000));
  CHECK_FALSE(on.log->sealed(1, 1000));
  for (int i = 0; i < 15; ++i) REQUIRE(on.commit(2));
  REQUIRE(on.log->sealed(1, 2000));
  REQUIRE(on.log->sealed(0, 2000));
  CHECK(on.files() == 1);
}
