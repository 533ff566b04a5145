// SPDX-License-Identifier: MIT
// When a shard with a folder orders that rows be sealed and segments go, and what it tells of it.
#include "actors/shard.hpp"
#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/handed.hpp"
#include "tests/actors/support/shard_folders.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <optional>

namespace logstream::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::uint64_t never_full = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t always_full = 1;
constexpr timestamp base = test_system::start_time;
constexpr std::int64_t second = nanoseconds_per_second;

struct folder_fixture {
  explicit folder_fixture(std::uint64_t memtable_bytes, const shard_settings& with = {})
      : settings(with), data(open_shard(disk, 1, memtable_bytes)) {
    settings.index = 1;
    settings.on_disk = true;
    settings.time = system.now();
    handles.upkeep = system.keep(spawn_dummy(system.actors(), upkeep));
    handles.committer = system.keep(spawn_dummy(system.actors(), committer));
    start();
  }

  void start() {
    shard = system.keep(spawn_shard(system.actors(), settings, data));
    system.tell(shard, atom::wire_v, std::make_shared<const service_handles>(handles));
  }
  void restart() {
    caf::anon_send_exit(shard, caf::exit_reason::kill);
    system.run();
    start();
  }
  void append(std::shared_ptr<batch> rows) {
    numbers.number(1, *rows);
    system.tell(shard, atom::append_v, handed({std::move(rows)}));
  }

  std::size_t orders() const { return upkeep->orders.size(); }
  // Does what the upkeep was ordered to do; returns how much that was.
  std::size_t carry_out_all() {
    const auto todo = std::exchange(upkeep->orders, {});
    for (const auto& [order, from] : todo) {
      carry_out(disk, *order);
      system.tell(from, order);
    }
    return todo.size();
  }
  // Has rows of these times written into a segment of their own.
  void seal_rows(std::shared_ptr<batch> rows) {
    append(std::move(rows));
    REQUIRE(carry_out_all() == 1);
  }

  // Has rows written into a segment however little memory they take.
  void seal_now(std::shared_ptr<batch> rows) {
    append(std::move(rows));
    const auto order = data->seal(true);
    carry_out(disk, *order);
    system.tell(shard, order);
  }
  // As bytes that go bad while the file is open.
  void damage(const segment& what) {
    const std::uint64_t at = what.directory().place(0, 0).offset;
    disk->corrupt(what.path(), at);
  }

  snapshot candidates() { return **system.ask<snapshot_ptr>(shard, atom::snapshot_v, row_filter{}); }
  shard_figures figures() { return *system.ask<shard_figures>(shard, atom::stats_v); }

  test_system system;
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  shard_settings settings;
  std::shared_ptr<shard_store> data;
  row_numbers numbers{0, 2};
  std::shared_ptr<upkeep_log> upkeep = std::make_shared<upkeep_log>();
  std::shared_ptr<committer_log> committer = std::make_shared<committer_log>();
  service_handles handles;
  shard_actor shard;
};

shard_settings sealing_after(std::chrono::nanoseconds age) {
  shard_settings settings;
  settings.seal_age = age;
  return settings;
}

TEST_CASE("Rows that take as much memory as they may are sealed, found at every moment, and told of") {
  folder_fixture with{always_full};
  with.append(make_batch_at(10, 3));
  REQUIRE(with.orders() == 1);
  CHECK(with.candidates().parts.size() == 1);
  CHECK(with.committer->sealed.empty());

  with.carry_out_all();
  CHECK(with.candidates().parts.empty());
  CHECK(with.candidates().blocks.size() == 1);
  CHECK(with.figures().events == 3);
  CHECK(with.figures().segments == 1);
  CHECK(with.committer->sealed.back() == committer_log::sealing{1, 3, 0});
}

TEST_CASE("Rows that take less memory stay there") {
  folder_fixture with{never_full};
  with.append(make_batch_at(10, 3));
  with.system.advance(seconds{60}, seconds{1});
  CHECK(with.orders() == 0);
}

TEST_CASE("Rows are sealed when the oldest has been in memory for as long as it may, and not before") {
  folder_fixture with{never_full, sealing_after(seconds{10})};
  with.append(make_batch_at(10, 3));
  with.system.advance(seconds{5});
  with.append(make_batch_at(20, 1));
  with.system.advance(milliseconds{4'900});
  CHECK(with.orders() == 0);
  with.system.advance(seconds{1});
  REQUIRE(with.orders() == 1);
  with.carry_out_all();
  CHECK(with.figures().segments == 1);

  // The age of the next is counted from when they came.
  with.system.advance(seconds{5});
  with.append(make_batch_at(30, 1));
  with.system.advance(seconds{9});
  CHECK(with.orders() == 0);
  with.system.advance(seconds{2});
  CHECK(with.orders() == 1);
}

TEST_CASE("Rows that a shard takes over are sealed by age though no others come") {
  folder_fixture with{never_full, sealing_after(seconds{10})};
  with.append(make_batch_at(10, 3));
  with.restart();
  with.system.advance(seconds{11});
  CHECK(with.orders() == 1);
}

TEST_CASE("While an order is under way no other is given, and when it is done the next") {
  folder_fixture with{always_full};
  with.append(make_batch_at(10, 1));
  with.append(make_batch_at(20, 1));
  with.append(make_batch_at(30, 1));
  with.system.advance(seconds{5}, seconds{1});
  CHECK(with.orders() == 1);
  CHECK(with.carry_out_all() == 1);
  CHECK(with.carry_out_all() == 1);
  CHECK(with.orders() == 0);
  CHECK(with.figures().segments == 2);
  CHECK(with.committer->sealed.back() == committer_log::sealing{1, 3, 0});
}

TEST_CASE("An order that failed is given again at the next tick, not at once nor with the next rows") {
  folder_fixture with{always_full};
  with.append(make_batch_at(10, 3));
  with.disk->fail({1, errc::disk_full, true});
  for (int i = 0; i < 3; ++i) {
    REQUIRE(with.carry_out_all() == 1);
    CHECK(with.orders() == 0);
    with.append(make_batch_at(20, 1));
    CHECK(with.orders() == 0);
    with.system.advance(seconds{1});
    CHECK(with.orders() == 1);
  }
  CHECK(with.committer->sealed.back().through == 0);
  CHECK(with.committer->sealed.back().unsealed_bytes == with.data->unsealed_bytes());
  CHECK(with.figures().events == 6);

  with.disk->heal();
  while (with.carry_out_all() != 0) {
  }
  CHECK(with.figures().events == 6);
  CHECK(with.committer->sealed.back() == committer_log::sealing{1, 6, 0});
}

TEST_CASE("Rows that come after those of an order that failed are sealed by age as well") {
  folder_fixture with{never_full, sealing_after(seconds{10})};
  with.append(make_batch_at(10, 3));
  with.system.advance(seconds{11});
  with.disk->fail({1, errc::io});
  REQUIRE(with.carry_out_all() == 1);
  with.append(make_batch_at(20, 1));
  with.system.advance(seconds{1});
  REQUIRE(with.carry_out_all() == 1);
  with.system.advance(seconds{11});
  CHECK(with.carry_out_all() == 1);
  CHECK(with.committer->sealed.back() == committer_log::sealing{1, 4, 0});
}

TEST_CASE("An order that a dead upkeep took along is given again") {
  folder_fixture with{always_full};
  with.append(make_batch_at(10, 3));
  REQUIRE(with.orders() == 1);
  with.upkeep->orders.clear();
  with.system.advance(seconds{1});
  CHECK(with.carry_out_all() == 1);
  CHECK(with.figures().segments == 1);
}

TEST_CASE(
    "What was carried out for a shard that died meanwhile is done once more, and no row is there twice") {
  folder_fixture with{always_full};
  with.append(make_batch_at(10, 3));
  with.restart();
  REQUIRE(with.carry_out_all() == 1);
  CHECK(with.figures().segments == 0);
  with.system.advance(seconds{1});
  REQUIRE(with.carry_out_all() == 1);
  CHECK(with.figures().events == 3);
  CHECK(with.figures().segments == 1);
  CHECK(with.candidates().blocks.size() == 1);
  CHECK(open_shard(with.disk, 1)->figures().events == 3);
}

TEST_CASE("A shard tells every second how much memory its unsealed rows take") {
  folder_fixture with{never_full};
  with.append(make_batch_at(10, 3));
  with.system.advance(seconds{1});
  REQUIRE_FALSE(with.committer->sealed.empty());
  CHECK(with.committer->sealed.back() == committer_log::sealing{1, 0, with.data->unsealed_bytes()});
}

TEST_CASE("Segments whose rows are all older than they may be go, and the others stay") {
  shard_settings settings;
  settings.retention = 60 * second;
  folder_fixture with{always_full, settings};
  with.seal_rows(make_row_of_events(base, second, 10));
  with.seal_rows(make_row_of_events(base + 100 * second, second, 5));
  const auto old = with.candidates().blocks.at(0).in->path();
  with.system.advance(seconds{68}, seconds{1});
  CHECK(with.orders() == 0);
  with.system.advance(seconds{3}, seconds{1});
  CHECK(with.carry_out_all() == 1);
  CHECK(with.figures().events == 5);
  CHECK(with.figures().segments == 1);
  CHECK_FALSE(with.disk->open(old));
  with.system.advance(seconds{1'000}, seconds{10});
  CHECK(with.orders() == 0);
}

TEST_CASE("Segments that take more room than they may go, the oldest first and no more than need be") {
  folder_fixture with{always_full};
  with.seal_rows(make_row_of_events(base + 100 * second, second, 10));
  with.seal_rows(make_row_of_events(base, second, 10));
  with.settings.max_disk_bytes = with.figures().disk_bytes - 1;
  with.restart();
  with.system.advance(seconds{1});
  CHECK(with.carry_out_all() == 1);
  CHECK(with.figures().segments == 1);
  CHECK(with.candidates().blocks.at(0).head().min_time == base + 100 * second);
  with.system.advance(seconds{5}, seconds{1});
  CHECK(with.orders() == 0);
}

TEST_CASE("Without bounds no segment goes") {
  folder_fixture with{always_full};
  with.seal_rows(make_row_of_events(base, second, 10));
  with.system.advance(std::chrono::hours{1'000}, std::chrono::hours{1});
  CHECK(with.orders() == 0);
}

TEST_CASE("A segment that turns out damaged leaves the store, which says so and has the rest") {
  folder_fixture with{never_full};
  with.seal_now(make_batch_at(10, 3));
  with.seal_now(make_batch_at(20, 2));
  const auto blocks = with.candidates().blocks;
  REQUIRE(blocks.size() == 2);
  with.damage(*blocks[0].in);
  with.system.tell(with.shard, atom::damaged_v, blocks[0].in);
  // Told again by another query, it is looked at once.
  with.system.tell(with.shard, atom::damaged_v, blocks[0].in);
  CHECK(with.carry_out_all() == 1);
  CHECK(with.carry_out_all() == 0);
  REQUIRE(with.candidates().blocks.size() == 1);
  CHECK(with.candidates().blocks[0].in == blocks[1].in);
  CHECK(with.figures().events == 2);
  CHECK(with.figures().segments == 1);
  CHECK(with.figures().quarantined.files == 1);
  CHECK(open_shard(with.disk, 1)->figures().events == 2);
}

TEST_CASE("A segment that was suspected in vain stays") {
  folder_fixture with{never_full};
  with.seal_now(make_batch_at(10, 3));
  const auto blocks = with.candidates().blocks;
  with.system.tell(with.shard, atom::damaged_v, blocks[0].in);
  CHECK(with.carry_out_all() == 1);
  CHECK(with.candidates().blocks == blocks);
  CHECK(with.figures().quarantined.files == 0);
}

}  // namespace
}  // namespace logstream::test
