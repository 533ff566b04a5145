// SPDX-License-Identifier: MIT
// Blocks that are read in another thread.
#include "actors/block_reader.hpp"

#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/shard_folders.hpp"
#include "tests/actors/support/test_system.hpp"

#include <caf/scoped_actor.hpp>
#include <catch2/catch.hpp>

#include <optional>
#include <utility>

namespace logstream::test {
namespace {

// Far longer than it takes.
constexpr std::chrono::seconds patience{60};

struct block_reader_fixture {
  block_reader_fixture() {
    auto rows = make_row_of_events(0, 1, 10);
    row_numbers numbers{0, 1};
    numbers.number(0, *rows);
    shard->append(0, 10, {std::move(rows)});
    seal(disk, *shard);
  }

  block_ref block() const { return shard->candidates({}).blocks.at(0); }
  // The answer, which is waited for; nothing if it is an error.
  template <class T, class... Ts>
  std::optional<T> ask(const Ts&... question) {
    caf::scoped_actor self{system.actors()};
    std::optional<T> got;
    self->request(reader, caf::infinite, question...)
        .receive([&](const T& value) { got = value; }, [](const caf::error&) {});
    return got;
  }
  // As a file that goes bad while it is open.
  void damage() {
    const std::string path = block().in->path();
    REQUIRE(disk->truncate(path, 10));
  }

  test_system system;
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  std::shared_ptr<shard_store> shard = open_shard(disk, 0);
  shard_actor owner = system.keep(spawn_silent_shard(system.actors()));
  block_reader_actor reader = spawn_block_reader(system.actors(), owner.address());
};

TEST_CASE("A block is read with all its rows and their ids") {
  block_reader_fixture with;
  const auto rows = with.ask<batch_ptr>(with.block());
  REQUIRE(rows);
  REQUIRE((*rows)->rows() == 10);
  CHECK((*rows)->id(7) == event_id{7, {0, 0}, 7});
  CHECK((*rows)->message(7) == "event 7");
}

TEST_CASE("Rows of blocks are counted as far as they match") {
  block_reader_fixture with;
  auto what = std::make_shared<count_request>();
  what->filter.from = 3;
  what->filter.to = 7;
  const auto counts = with.ask<group_counts_ptr>(
      atom::count_v, std::make_shared<const std::vector<block_ref>>(std::vector{with.block()}),
      count_request_ptr{what});
  REQUIRE(counts);
  CHECK(**counts == group_counts{{"INFO", 4}});
}

TEST_CASE("A damaged block is answered with an error, read or counted") {
  block_reader_fixture with;
  const auto block = with.block();
  with.damage();
  CHECK_FALSE(with.ask<batch_ptr>(block));
  auto what = std::make_shared<count_request>();
  what->filter.from = 3;
  CHECK_FALSE(with.ask<group_counts_ptr>(atom::count_v,
                                         std::make_shared<const std::vector<block_ref>>(std::vector{block}),
                                         count_request_ptr{what}));
}

TEST_CASE("Whoever has the shards told is told of a block whose bytes are wrong") {
  auto told = std::make_shared<shard_log>();
  block_reader_fixture with;
  const auto owner = with.system.keep(spawn_dummy(with.system.actors(), told));
  const auto reader = spawn_block_reader(with.system.actors(), owner.address());
  const auto block = with.block();
  with.disk->corrupt(block.in->path(), block.in->directory().place(0, 0).offset);
  with.reader = reader;
  CHECK_FALSE(with.ask<batch_ptr>(block));
  with.system.run();
  CHECK(told->damaged == std::vector<segment_ptr>{block.in});
  auto what = std::make_shared<count_request>();
  what->filter.from = 3;
  CHECK_FALSE(with.ask<group_counts_ptr>(atom::count_v,
                                         std::make_shared<const std::vector<block_ref>>(std::vector{block}),
                                         count_request_ptr{what}));
  with.system.run();
  CHECK(told->damaged.size() == 2);
}

TEST_CASE("A reader ends when its owner does, however that comes about") {
  block_reader_fixture with;
  caf::scoped_actor self{with.system.actors()};
  self->monitor(with.reader);
  caf::anon_send_exit(with.owner, caf::exit_reason::kill);
  with.system.run();
  bool ended = false;
  self->receive([&](const caf::down_msg&) { ended = true; },
                caf::after(patience) >> [] { FAIL("it goes on"); });
  CHECK(ended);
}

}  // namespace
}  // namespace logstream::test
