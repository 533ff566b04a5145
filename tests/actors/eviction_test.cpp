// SPDX-License-Identifier: MIT
// How the store keeps its bounds.
#include "tests/actors/support/scheduling.hpp"
#include "tests/actors/support/store_fixture.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

store_settings at_most(std::uint64_t events) {
  store_settings settings;
  settings.max_events = events;
  return settings;
}

constexpr timestamp base = test_system::start_time;
constexpr std::int64_t second = nanoseconds_per_second;

TEST_CASE("A store that is exactly full evicts nothing") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 60));
  with.append(1, make_row_of_events(base, second, 40));
  CHECK(with.events() == 100);
  CHECK(with.figures().evictions == 0);
}

TEST_CASE("One event too many evicts the oldest fifth at once, and what exceeds the bound") {
  store_fixture with{at_most(100)};
  // Even seconds in one shard, odd ones in the other, over four minutes.
  with.append(0, make_row_of_events(base, 2 * second, 51));
  with.append(1, make_row_of_events(base + second, 2 * second, 50));
  const auto left = with.times();
  CHECK(left.size() == 80);
  CHECK(*left.begin() == base + 21 * second);
  CHECK(with.figures().evicted_events == 21);
  CHECK(with.figures().evictions == 1);
}

TEST_CASE("Exactly as many go when all events have one time, the first stored of each shard") {
  store_fixture with{at_most(100)};
  with.append(0, make_batch_at(base, 70));
  with.append(1, make_batch_at(base, 31));
  CHECK(with.events() == 80);
  CHECK(with.figures().events == 80);
  for (const auto& shard : with.data)
    for (const part& each : shard->candidates({}).parts) {
      const std::uint64_t gone = each.first_row(each.rows->runs()[0]);
      CHECK(shard->figures().events == each.rows->rows() - gone);
    }
}

TEST_CASE("Exactly as many go when the cut lies among equal times of both shards") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 10));
  with.append(0, make_batch_at(base + 30 * second, 20));
  with.append(1, make_batch_at(base + 30 * second, 20));
  with.append(1, make_row_of_events(base + 60 * second, second, 51));
  const auto left = with.times();
  CHECK(left.size() == 80);
  CHECK(left.count(base + 30 * second) == 29);
}

TEST_CASE("Exactly as many go when events of one time are spread over batches and streams") {
  store_fixture with{at_most(100)};
  for (int i = 0; i < 10; ++i)
    with.append(i % 2, make_batch({make_event(base, "x", level::info), make_event(base, "x", level::error),
                                   make_event(base, "x", level::warn, "other")}));
  with.append(0, make_row_of_events(base + second, second, 71));
  CHECK(with.events() == 80);
  CHECK(with.times().count(base) == 9);
}

TEST_CASE("A bound below five still evicts") {
  store_fixture with{at_most(2)};
  with.append(0, make_row_of_events(base, second, 3));
  CHECK(with.events() == 2);
}

TEST_CASE("A body larger than the whole store leaves four fifths of the bound") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 1'000));
  CHECK(with.times().size() == 80);
  CHECK(*with.times().begin() == base + 920 * second);
}

TEST_CASE("Late events are the oldest however late they came") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 100));
  with.append(1, make_row_of_events(base - 1'000 * second, second, 1));
  CHECK(*with.times().begin() == base + 20 * second);
}

TEST_CASE("The bound is kept over many evictions") {
  store_fixture with{at_most(100)};
  for (int i = 0; i < 50; ++i) {
    with.append(i % 2, make_row_of_events(base + i * 10 * second, second, 10));
    CHECK(with.events() <= 100);
  }
  CHECK(with.figures().evicted_events == 500 - with.events());
  CHECK(*with.times().rbegin() == base + 499 * second);
}

TEST_CASE("Without a bound nothing is evicted") {
  store_fixture with{at_most(0)};
  with.append(0, make_row_of_events(base, second, 1'000));
  CHECK(with.events() == 1'000);
}

TEST_CASE("Events stored while an eviction runs stay, and it still takes as many as it should") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 100));
  // Between the messages of the eviction, newer events arrive at both shards.
  const auto one_more = make_row_of_events(base + 200 * second, second, 1);
  with.post(1, one_more);
  for (int i = 0; i < 10; ++i) with.hand(i % 2, make_batch_at(base + (300 + i) * second, 1));
  with.system.run();
  const auto left = with.times();
  for (int i = 0; i < 10; ++i) CHECK(left.count(base + (300 + i) * second) == 1);
  CHECK(left.count(base + 200 * second) == 1);
  CHECK(with.figures().evicted_events == 111 - left.size());
}

TEST_CASE("What arrives during an eviction is looked at when it is over") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 100));
  // The store hears of these between the steps of the eviction that the first sets off.
  with.post(1, make_row_of_events(base + 200 * second, second, 1));
  for (int i = 0; i < 6 && step(with.system); ++i)
    with.post(0, make_row_of_events(base + (300 + 100 * i) * second, second, 50));
  with.system.run();
  CHECK(with.events() <= 100);
}

TEST_CASE("A store that was restarted still keeps the bound") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 100));
  caf::anon_send_exit(with.store, caf::exit_reason::kill);
  with.system.run();
  with.start_store();
  CHECK(with.events() == 100);
  with.append(1, make_row_of_events(base + 500 * second, second, 1));
  CHECK(with.events() == 80);
}

TEST_CASE("When the batches hold more bytes than they may, the oldest fifth of the events goes") {
  const auto rows = make_row_of_events(base, second, 100);
  store_settings settings = at_most(0);
  settings.max_bytes = rows->bytes();
  store_fixture with{settings};
  with.append(0, rows);
  CHECK(with.events() == 100);
  with.append(1, make_row_of_events(base + 200 * second, second, 1));
  CHECK(with.events() == 81);
  CHECK(*with.times().begin() == base + 20 * second);
  CHECK(with.figures().live_bytes <= settings.max_bytes);
}

TEST_CASE("The bound on bytes is kept over many evictions") {
  store_settings settings = at_most(0);
  settings.max_bytes = 64 * 1024;
  store_fixture with{settings};
  for (int i = 0; i < 100; ++i) with.append(i % 2, make_row_of_events(base + i * 100 * second, second, 100));
  CHECK(with.figures().live_bytes <= settings.max_bytes);
  CHECK(with.events() > 100);
  CHECK(with.figures().evictions > 1);
}

TEST_CASE("A dead shard does not end evictions for ever") {
  store_fixture with{at_most(100)};
  with.append(0, make_row_of_events(base, second, 100));
  with.kill_shard(1);
  caf::anon_send(with.store, atom::append_v, std::uint64_t{50}, std::uint64_t{0});
  with.system.run();
  CHECK(with.events() == 100);
  with.put_in_place_of_shard(1, with.start_shard(1));
  with.append(1, make_row_of_events(base + 500 * second, second, 1));
  CHECK(with.events() == 80);
}

TEST_CASE("Evictions make merges when half of a large batch is gone, and its memory goes") {
  store_fixture with{at_most(2'000), 1};
  with.append(0, make_row_of_events(base, second, 2'000));
  const std::uint64_t before = with.figures().bytes;
  for (int i = 0; i < 4; ++i)
    with.append(0, make_row_of_events(base + (3'000 + 500 * i) * second, second, 500));
  CHECK(with.figures().live_bytes <= before);
  CHECK(with.events() <= 2'000);
}

}  // namespace
}  // namespace logstream::test
