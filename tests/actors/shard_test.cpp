// SPDX-License-Identifier: MIT
// One shard as an actor, with the merger that works for it.
#include "actors/shard.hpp"

#include "actors/merger.hpp"
#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/handed.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

struct shard_fixture {
  shard_fixture() : shard(system.keep(spawn_shard(system.actors(), {}, data))) {}

  void wire(merger_actor merger) {
    service_handles handles;
    handles.merger = system.keep(std::move(merger));
    system.tell(shard, atom::wire_v, std::make_shared<const service_handles>(handles));
  }
  void append(std::shared_ptr<batch> rows) {
    numbers.number(1, *rows);
    system.tell(shard, atom::append_v, handed({std::move(rows)}));
  }
  void append_small(int batches) {
    for (int i = 0; i < batches; ++i) append(make_batch_at(i, 1));
  }
  std::vector<part> snapshot(const row_filter& filter = {}) {
    return (*system.ask<snapshot_ptr>(shard, atom::snapshot_v, filter))->parts;
  }
  static std::uint64_t rows_of(const std::vector<part>& parts) {
    std::uint64_t rows = 0;
    for (const part& each : parts)
      for (const stream_run& run : each.rows->runs()) rows += run.end - each.first_row(run);
    return rows;
  }
  shard_figures figures() { return *system.ask<shard_figures>(shard, atom::stats_v); }

  test_system system;
  row_numbers numbers{3, 2};
  std::shared_ptr<shard_store> data = std::make_shared<shard_store>();
  shard_actor shard;
};

TEST_CASE("Batches that were handed over are in the next snapshot, with the ids they had") {
  shard_fixture with;
  std::vector<batch_ptr> rows;
  for (const auto& each : {make_batch_at(10, 2), make_batch_at(20, 3)}) {
    with.numbers.number(1, *each);
    rows.push_back(each);
  }
  caf::anon_send(with.shard, atom::append_v, handed(rows));
  const auto parts = with.snapshot();
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].rows->id(0) == event_id{20, {3, 1}, 2});
  CHECK(with.figures().events == 5);
}

TEST_CASE("A snapshot keeps its rows whatever is appended or evicted later") {
  shard_fixture with;
  with.append(make_batch_at(10, 2));
  const auto before = with.snapshot();
  with.append(make_batch_at(20, 3));
  CHECK(with.system.ask<std::uint64_t>(with.shard, atom::evict_v, timestamp{15}, std::uint64_t{0}) == 2);
  CHECK(shard_fixture::rows_of(before) == 2);
  CHECK(shard_fixture::rows_of(with.snapshot()) == 3);
}

TEST_CASE("A snapshot leaves out parts that cannot hold what is asked for") {
  shard_fixture with;
  with.append(make_batch_at(10, 1));
  with.append(make_batch({make_event(20, "x", level::error)}));
  row_filter errors;
  errors.levels = {};
  errors.levels.insert(level::error);
  CHECK(with.snapshot(errors).size() == 1);
  row_filter early;
  early.to = 20;
  CHECK(with.snapshot(early).size() == 1);
}

TEST_CASE("Counts, minutes and times are those of the rows that are there") {
  shard_fixture with;
  with.append(make_row_of_events(0, 20 * nanoseconds_per_second, 6));
  const auto minutes = **with.system.ask<minute_histogram_ptr>(with.shard, atom::probe_v);
  CHECK(minutes == std::vector<std::pair<std::int64_t, std::uint64_t>>{{0, 3}, {1, 3}});
  CHECK((*with.system.ask<time_list_ptr>(with.shard, atom::probe_v, std::int64_t{1}))->size() == 3);

  auto by_level = std::make_shared<count_request>();
  CHECK(
      (*with.system.ask<shard_counts_ptr>(with.shard, atom::count_v, count_request_ptr{by_level}))->groups ==
      group_counts{{"INFO", 6}});
  with.system.ask<std::uint64_t>(with.shard, atom::evict_v, timestamp{1}, std::uint64_t{0});
  CHECK(
      (*with.system.ask<shard_counts_ptr>(with.shard, atom::count_v, count_request_ptr{by_level}))->groups ==
      group_counts{{"INFO", 5}});
}

TEST_CASE("Small batches are merged into one, with the ids they had") {
  shard_fixture with;
  with.wire(spawn_merger(with.system.actors()));
  with.append_small(8);
  const auto parts = with.snapshot();
  REQUIRE(parts.size() == 1);
  REQUIRE(parts[0].rows->rows() == 8);
  for (std::uint32_t row = 0; row < 8; ++row) CHECK(parts[0].rows->id(row) == event_id{row, {3, 1}, row});
  CHECK(with.figures().merges == 1);
}

TEST_CASE("A shard has one merge order out at a time and applies what comes back") {
  shard_fixture with;
  const auto log = std::make_shared<merger_log>();
  with.wire(spawn_dummy(with.system.actors(), log));
  with.append_small(20);
  REQUIRE(log->orders.size() == 1);

  // The merger does its work late: meanwhile rows are appended, and one is evicted.
  CHECK(with.system.ask<std::uint64_t>(with.shard, atom::evict_v, timestamp{1}, std::uint64_t{0}) == 1);
  const auto [order, from] = log->orders[0];
  log->orders.clear();
  const auto merger = with.system.keep(spawn_merger(with.system.actors()));
  with.system.tell(merger, order, from);
  CHECK(with.figures().merges == 1);
  CHECK(with.figures().events == 19);
  CHECK(shard_fixture::rows_of(with.snapshot()) == 19);
  // What was left over is ordered next.
  CHECK(log->orders.size() == 1);
}

TEST_CASE("An order that a dead merger took along is given again") {
  shard_fixture with;
  const auto lost = std::make_shared<merger_log>();
  with.wire(spawn_dummy(with.system.actors(), lost));
  with.append_small(8);
  REQUIRE(lost->orders.size() == 1);
  lost->orders.clear();
  with.wire(spawn_merger(with.system.actors()));
  with.append(make_batch_at(100, 1));
  CHECK(with.figures().merges == 1);
}

TEST_CASE("A shard that is restarted serves the same rows and takes more") {
  shard_fixture with;
  with.append(make_batch_at(10, 2));
  caf::anon_send_exit(with.shard, caf::exit_reason::kill);
  with.system.run();
  CHECK_FALSE(with.system.ask<shard_figures>(with.shard, atom::stats_v).has_value());

  with.shard = with.system.keep(spawn_shard(with.system.actors(), {}, with.data));
  with.append(make_batch_at(20, 1));
  CHECK(shard_fixture::rows_of(with.snapshot()) == 3);
}

TEST_CASE("A merge ordered by a shard that died since harms nothing and is ordered again") {
  shard_fixture with;
  const auto log = std::make_shared<merger_log>();
  with.wire(spawn_dummy(with.system.actors(), log));
  with.append_small(8);
  caf::anon_send_exit(with.shard, caf::exit_reason::kill);
  with.system.run();

  with.shard = with.system.keep(spawn_shard(with.system.actors(), {}, with.data));
  const auto merger = with.system.keep(spawn_merger(with.system.actors()));
  with.system.tell(merger, log->orders.at(0).first, log->orders.at(0).second);
  CHECK(with.figures().merges == 0);
  log->orders.clear();
  with.wire(merger);
  with.append(make_batch_at(100, 1));
  CHECK(with.figures().merges == 1);
  CHECK(shard_fixture::rows_of(with.snapshot()) == 9);
}

TEST_CASE("What a shard that dies has not read is given back, what it has taken is not") {
  shard_fixture with;
  std::vector<batch_ptr> returned;
  const auto hand = [&](const std::shared_ptr<batch>& rows) {
    with.numbers.number(1, *rows);
    caf::anon_send(
        with.shard, atom::append_v,
        std::make_shared<handed_batches>(numbered({rows}), [&returned](const numbered_batches& back) {
          returned.insert(returned.end(), back.rows.begin(), back.rows.end());
        }));
  };
  const auto taken = make_batch_at(1, 1);
  const auto unread = make_batch_at(2, 1);
  const auto late = make_batch_at(3, 1);
  hand(taken);
  caf::anon_send_exit(with.shard, caf::exit_reason::kill);
  hand(unread);
  with.system.run();
  hand(late);
  CHECK(returned == std::vector<batch_ptr>{unread, late});
  CHECK(with.data->figures().events == 1);
}

}  // namespace
}  // namespace logstream::test
