// SPDX-License-Identifier: MIT
// What the log's writer does with its files, and what it does no more once one failed.
#include "engine/store/wal_writer.hpp"

#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/test_log.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

struct log_on_disk {
  std::shared_ptr<memory_file_system> disk = std::make_shared<memory_file_system>();

  wal_writer open(std::uint64_t number, std::uint64_t file_bytes = 1'000'000) {
    REQUIRE(disk->make_folder(log_folder));
    auto made = wal_writer::open(disk, {log_folder, file_bytes}, number);
    REQUIRE(made);
    return *std::move(made);
  }
  std::string content(std::uint64_t number) const {
    return disk->content(log_folder + "/" + wal_file_name(number));
  }
};

}  // namespace

TEST_CASE("records of one append stand in one file in their order") {
  log_on_disk log;
  wal_writer writer = log.open(3);
  CHECK(writer.file_bytes() == wal_file_head_bytes);
  REQUIRE(writer.append(entries_for(0, 20)));
  REQUIRE(writer.append({}));
  REQUIRE(writer.append(entries_for(20, 1)));
  REQUIRE(writer.sync());
  CHECK(writer.file_number() == 3);
  CHECK(writer.file_bytes() == log.content(3).size());
  const replayed found = replay_all(*log.disk);
  CHECK(found.sequences == numbers(0, 21));
  CHECK(found.summary.highest_number == 3);
}

TEST_CASE("an append is one call to the disk however many records it has, and a sync is none without one") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  const std::uint64_t before = log.disk->calls();
  REQUIRE(writer.append(entries_for(0, 100)));
  CHECK(log.disk->calls() == before + 1);
  REQUIRE(writer.sync());
  REQUIRE(writer.sync());
  CHECK(log.disk->calls() == before + 2);
}

TEST_CASE("a full file is followed by the next number, once everything in it is synced") {
  log_on_disk log;
  wal_writer writer = log.open(1, 100);
  REQUIRE(writer.append(entries_for(0, 5)));
  REQUIRE(writer.append(entries_for(5, 5)));
  CHECK(writer.file_number() == 1);
  REQUIRE(writer.sync());
  CHECK(writer.file_number() == 1);
  REQUIRE(writer.append(entries_for(10, 1)));
  CHECK(writer.file_number() == 2);
  REQUIRE(writer.sync());
  log.disk->crash();
  const replayed found = replay_all(*log.disk);
  CHECK(found.sequences == numbers(0, 11));
  CHECK(found.summary.files == 2);
}

TEST_CASE("a new file is on the disk before its first record is") {
  log_on_disk log;
  log.open(1);
  log.disk->crash();
  CHECK(log.content(1) == wal_file_head(1));
}

TEST_CASE("a file that failed is not written to or synced again") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  REQUIRE(writer.append(entries_for(0, 1)));
  REQUIRE(writer.sync());
  log.disk->fail({.code = errc::disk_full});
  CHECK(writer.append(entries_for(1, 2)).failure().code == errc::disk_full);
  CHECK(writer.failed());
  const std::uint64_t calls = log.disk->calls();
  CHECK(writer.append(entries_for(1, 2)).failure().code == errc::unavailable);
  CHECK(writer.sync().failure().code == errc::unavailable);
  CHECK(log.disk->calls() == calls);
}

TEST_CASE("what was not synced is cut off a file that failed, and goes into the next one") {
  for (const bool in_sync : {false, true}) {
    log_on_disk log;
    wal_writer writer = log.open(1);
    REQUIRE(writer.append(entries_for(0, 1)));
    REQUIRE(writer.sync());
    REQUIRE(writer.append(entries_for(1, 3)));
    log.disk->fail({});
    CHECK_FALSE((in_sync ? writer.sync() : writer.append(entries_for(4, 1))));
    const auto reopened = writer.reopen();
    REQUIRE(reopened);
    CHECK_FALSE(reopened->uncut);
    CHECK(writer.file_number() == 2);
    REQUIRE(writer.append(entries_for(1, 4)));
    REQUIRE(writer.sync());
    const replayed found = replay_all(*log.disk);
    CHECK(found.sequences == numbers(0, 5));
    CHECK(found.summary.damages.empty());
    CHECK_FALSE(found.summary.torn);
  }
}

TEST_CASE("that a file that failed could not be cut is said") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  REQUIRE(writer.append(entries_for(0, 3)));
  log.disk->fail({});
  REQUIRE_FALSE(writer.sync());
  log.disk->fail({.code = errc::disk_full});
  const auto reopened = writer.reopen();
  REQUIRE(reopened);
  REQUIRE(reopened->uncut);
  CHECK(reopened->uncut->code == errc::disk_full);
  CHECK(replay_all(*log.disk).sequences == numbers(0, 3));
}

TEST_CASE("reopening may be tried until it succeeds, and cuts what it could not cut before") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  REQUIRE(writer.append(entries_for(0, 3)));
  log.disk->fail({.lasting = true});
  REQUIRE_FALSE(writer.sync());
  CHECK_FALSE(writer.reopen());
  CHECK_FALSE(writer.reopen());
  log.disk->heal();
  const auto reopened = writer.reopen();
  REQUIRE(reopened);
  CHECK_FALSE(reopened->uncut);
  REQUIRE(writer.append(entries_for(0, 3)));
  REQUIRE(writer.sync());
  const replayed found = replay_all(*log.disk);
  CHECK(found.sequences == numbers(0, 3));
  CHECK(found.summary.damages.empty());
}

TEST_CASE("a writer that has not failed may be reopened, and forgets what is not synced") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  REQUIRE(writer.append(entries_for(0, 1)));
  REQUIRE(writer.sync());
  REQUIRE(writer.append(entries_for(1, 1)));
  REQUIRE(writer.reopen());
  CHECK(replay_all(*log.disk).sequences == numbers(0, 1));
}

TEST_CASE("a payload beyond what a record holds is refused and harms nothing") {
  log_on_disk log;
  wal_writer writer = log.open(1);
  // Never looked at.
  const std::string_view huge{payload_for(0).bytes.data(), most_wal_payload_bytes + 1};
  CHECK(writer.append(std::vector<wal_entry>{{0, 0, huge, 0}}).failure().code == errc::too_large);
  REQUIRE(writer.append(entries_for(0, 1)));
  REQUIRE(writer.sync());
  CHECK(replay_all(*log.disk).sequences == numbers(0, 1));
}

TEST_CASE("a log in a folder that is not there cannot be opened") {
  CHECK(wal_writer::open(std::make_shared<memory_file_system>(), {"nowhere"}, 1).failure().code ==
        errc::not_found);
}
