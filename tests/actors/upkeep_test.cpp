// SPDX-License-Identifier: MIT
// Orders that are carried out in another thread.
#include "actors/upkeep.hpp"

#include "engine/store/row_numbers.hpp"
#include "tests/actors/support/events.hpp"
#include "tests/actors/support/shard_folders.hpp"
#include "tests/actors/support/test_system.hpp"

#include <caf/scoped_actor.hpp>
#include <catch2/catch.hpp>

#include <optional>

namespace logstream::test {
namespace {

// Far longer than it takes.
constexpr std::chrono::seconds patience{60};

struct upkeep_fixture {
  explicit upkeep_fixture(std::size_t rows, std::uint32_t threads = 1)
      : upkeep(system.keep(spawn_upkeep(system.actors(), disk, threads))) {
    append(rows);
  }

  void append(std::size_t rows) {
    auto made = make_batch_at(10, rows);
    numbers.number(0, *made);
    const std::uint64_t begin = made->first_sequence();
    shard->append(begin, begin + rows, {std::move(made)});
  }

  // What comes back of an order; the test waits for it as the shard that gave it.
  upkeep_order_ptr carried_out(upkeep_order_ptr order) {
    caf::scoped_actor self{system.actors()};
    self->send(upkeep, std::move(order), caf::actor_cast<shard_actor>(self));
    system.run();
    upkeep_order_ptr done;
    self->receive([&](const upkeep_order_ptr& what) { done = what; },
                  caf::after(patience) >> [] { FAIL("nothing came back"); });
    return done;
  }

  test_system system;
  memory_disk_ptr disk = std::make_shared<memory_file_system>();
  row_numbers numbers{0, 1};
  std::shared_ptr<shard_store> shard = open_shard(disk, 0);
  upkeep_actor upkeep;
};

TEST_CASE("An order comes back carried out") {
  upkeep_fixture with{3};
  const auto order = with.shard->seal(true);
  const auto done = with.carried_out(order);
  REQUIRE(done == order);
  CHECK_FALSE(done->failure);
  with.shard->finish(*done);
  CHECK(with.shard->figures().segments == 1);
  CHECK(open_shard(with.disk, 0)->figures().events == 3);
}

TEST_CASE("An order that the disk refuses comes back with the reason, and the next one is carried out") {
  upkeep_fixture with{3};
  with.disk->fail({1, errc::disk_full});
  const auto failed = with.carried_out(with.shard->seal(true));
  REQUIRE(failed->failure);
  CHECK(failed->failure->code == errc::disk_full);
  with.shard->finish(*failed);
  const auto done = with.carried_out(with.shard->seal(true));
  CHECK_FALSE(done->failure);
}

TEST_CASE("Several threads carry out orders one after the other as one does") {
  upkeep_fixture with{3, 2};
  for (std::size_t i = 0; i < 4; ++i) {
    with.append(3);
    const auto done = with.carried_out(with.shard->seal(true));
    CHECK_FALSE(done->failure);
    with.shard->finish(*done);
    CHECK(with.shard->figures().segments == i + 1);
  }
}

}  // namespace
}  // namespace logstream::test
