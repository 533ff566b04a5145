// SPDX-License-Identifier: MIT
// Who is asked for a block, how often, and what its askers hear.
#include "actors/block_store.hpp"

#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/played_blocks.hpp"
#include "tests/actors/support/requests.hpp"
#include "tests/actors/support/scheduling.hpp"
#include "tests/actors/support/shard_folders.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

using std::chrono::seconds;

struct block_store_fixture {
  // So many segments of one block each in each of two shards.
  explicit block_store_fixture(std::uint32_t readers = 1, int segments = 1) : blocks(system, readers) {
    for (int i = 0; i < segments; ++i)
      for (std::uint8_t shard = 0; shard < 2; ++shard) {
        auto rows = make_row_of_events(100 * shard + 10 * i, 1, 10);
        numbers.number(shard, *rows);
        const std::uint64_t begin = rows->first_sequence();
        shards[shard]->append(begin, begin + 10, {std::move(rows)});
        seal(disk, *shards[shard]);
      }
    system.run();
  }

  block_ref block(std::size_t shard, std::size_t n = 0) const {
    return shards.at(shard)->candidates({}).blocks.at(n);
  }
  std::shared_ptr<pending<batch_ptr>> ask(const block_ref& block) {
    return ask_later<batch_ptr>(system.actors(), blocks.actor, block);
  }
  cache_figures figures() { return *system.ask<cache_figures>(blocks.actor, atom::stats_v); }
  void kill(const block_reader_actor& reader) {
    caf::anon_send_exit(reader, caf::exit_reason::kill);
    system.run();
  }

  test_system system;
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  row_numbers numbers{0, 2};
  std::vector<std::shared_ptr<shard_store>> shards{open_shard(disk, 0), open_shard(disk, 1)};
  played_blocks blocks;
};

TEST_CASE("A block that two ask for at a time is read once, and both have it") {
  block_store_fixture with;
  const auto first = with.ask(with.block(0));
  const auto second = with.ask(with.block(0));
  with.system.run();
  REQUIRE(first->value);
  REQUIRE(second->value);
  CHECK((*first->value)->rows() == 10);
  CHECK(*first->value == *second->value);
  CHECK(with.blocks.log->blocks.size() == 1);
}

TEST_CASE("A block that was read is answered from the cache") {
  block_store_fixture with;
  with.ask(with.block(0));
  with.system.run();
  const auto again = with.ask(with.block(0));
  with.system.run();
  CHECK(again->value);
  CHECK(with.blocks.log->blocks.size() == 1);
  CHECK(with.figures().hits == 1);
  CHECK(with.figures().entries == 1);
  CHECK(with.figures().bytes == (*again->value)->bytes());
}

TEST_CASE("Blocks of different shards and segments are not taken for each other") {
  block_store_fixture with{1, 2};
  for (int twice = 0; twice < 2; ++twice)
    for (std::size_t shard = 0; shard < 2; ++shard)
      for (std::size_t n = 0; n < 2; ++n) {
        const auto rows = with.ask(with.block(shard, n));
        with.system.run();
        REQUIRE(rows->value);
        CHECK((*rows->value)->id(0) == event_id{static_cast<timestamp>(100 * shard + 10 * n),
                                                {0, static_cast<std::uint8_t>(shard)},
                                                10 * n});
      }
  CHECK(with.blocks.log->blocks.size() == 4);
}

TEST_CASE("An error of the reader reaches all who asked, and whoever asks later has it read again") {
  block_store_fixture with;
  with.blocks.log->broken = true;
  const auto first = with.ask(with.block(0));
  const auto second = with.ask(with.block(0));
  with.system.run();
  CHECK(first->failure);
  CHECK(second->failure);
  with.blocks.log->broken = false;
  const auto third = with.ask(with.block(0));
  with.system.run();
  CHECK(third->value);
}

TEST_CASE("Blocks are counted by a reader, and an error of its reaches who asked") {
  block_store_fixture with;
  const auto count = [&] {
    const auto list = std::vector{with.block(0), with.block(1)};
    auto asked = ask_later<group_counts_ptr>(with.system.actors(), with.blocks.actor, atom::count_v,
                                             std::make_shared<const std::vector<block_ref>>(list),
                                             count_request_ptr{std::make_shared<count_request>()});
    with.system.run();
    return asked;
  };
  const auto counts = count();
  REQUIRE(counts->value);
  CHECK(**counts->value == group_counts{{"INFO", 20}});
  with.blocks.log->broken = true;
  CHECK(count()->failure);
}

TEST_CASE("Readers are asked in turn") {
  block_store_fixture with{2};
  const auto first = with.ask(with.block(0));
  const auto second = with.ask(with.block(1));
  with.system.run();
  CHECK(first->value);
  CHECK(second->value);
  REQUIRE(with.blocks.log->readers.size() == 2);
  CHECK(with.blocks.log->readers[0] != with.blocks.log->readers[1]);
}

TEST_CASE("A reader that dies is an error for who waits for it, and another one takes its place") {
  block_store_fixture with;
  with.blocks.log->silent = true;
  const auto waits = with.ask(with.block(0));
  with.system.run();
  REQUIRE(waits->open());
  with.kill(with.blocks.made.at(0));
  // What the dead one had taken is given up when its time is over.
  with.system.advance(seconds{21}, seconds{1});
  CHECK(waits->failure);
  with.blocks.log->silent = false;
  const auto next = with.ask(with.block(0));
  with.system.run();
  CHECK(next->value);
  CHECK(with.blocks.made.size() == 2);
}

TEST_CASE("What a reader that dies has not begun is an error at once") {
  block_store_fixture with;
  const auto waits = with.ask(with.block(0));
  REQUIRE(step(with.system));
  // The reader dies before the block store's question reaches it.
  caf::anon_send_exit(with.blocks.made.at(0), caf::exit_reason::kill);
  with.system.run();
  CHECK(with.blocks.log->blocks.empty());
  CHECK(waits->failure);
}

TEST_CASE("A reader that does not answer is an error after twenty seconds, for all who asked") {
  block_store_fixture with;
  with.blocks.log->silent = true;
  const auto first = with.ask(with.block(0));
  const auto second = with.ask(with.block(0));
  with.system.advance(seconds{19}, seconds{1});
  CHECK(first->open());
  with.system.advance(seconds{2}, seconds{1});
  CHECK(first->failure);
  CHECK(second->failure);
}

}  // namespace
}  // namespace logstream::test
