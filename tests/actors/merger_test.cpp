// SPDX-License-Identifier: MIT
// What the merger makes of an order.
#include "actors/merger.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

std::shared_ptr<batch> numbered(std::shared_ptr<batch> rows, std::uint64_t first) {
  rows->number({0, 0}, first);
  return rows;
}

struct merger_fixture {
  merge_order_ptr merge(std::vector<part> parts) {
    auto order = std::make_shared<merge_order>();
    order->parts = std::move(parts);
    system.tell(merger, order, shard);
    return order;
  }

  test_system system;
  merger_actor merger = system.keep(spawn_merger(system.actors()));
  shard_actor shard = system.keep(spawn_silent_shard(system.actors()));
};

TEST_CASE("A merged batch holds all rows of its parts in the order of time") {
  merger_fixture with;
  const auto order = with.merge(
      {{numbered(make_row_of_events(10, 10, 2), 0), {}}, {numbered(make_row_of_events(15, 10, 2), 2), {}}});
  REQUIRE(order->merged);
  REQUIRE(order->merged->rows() == 4);
  CHECK(order->merged->id(1) == event_id{15, {0, 0}, 2});
  CHECK(order->merged->message(1) == "event 0");
}

TEST_CASE("Rows that were evicted are not merged") {
  merger_fixture with;
  const auto order = with.merge({{numbered(make_row_of_events(10, 10, 3), 0), {20, 0}}});
  REQUIRE(order->merged);
  CHECK(order->merged->rows() == 2);
}

TEST_CASE("An order whose rows were all evicted merges to nothing") {
  merger_fixture with;
  CHECK_FALSE(with.merge({{numbered(make_batch_at(10, 2), 0), {20, 0}}})->merged);
}

TEST_CASE("The merger goes on when the shard that ordered is gone") {
  merger_fixture with;
  caf::anon_send_exit(with.shard, caf::exit_reason::kill);
  with.system.run();
  CHECK(with.merge({{numbered(make_batch_at(10, 2), 0), {}}})->merged);
  CHECK(with.merge({{numbered(make_batch_at(10, 2), 2), {}}})->merged);
}

}  // namespace
}  // namespace logstream::test
