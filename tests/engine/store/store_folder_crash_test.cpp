// SPDX-License-Identifier: MIT
// Whichever call to the disk fails and whenever the power goes: every row that was acknowledged is there
// once.
#include "engine/store/store_folder.hpp"
#include "tests/engine/store/support/store_run.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr int steps = 24;

std::uint64_t calls_of_script(std::uint64_t seed) {
  store_run whole{seed};
  whole.run(steps);
  REQUIRE(whole.wrong(false) == "");
  REQUIRE(whole.acknowledged() > 20);
  return whole.disk->calls();
}

void check_warnings(const opened_store& store) {
  for (const std::string& each : store.warnings)
    // A torn end is all that a crash leaves; a new file of the log may have got half of its head.
    REQUIRE_THAT(each,
                 Catch::Contains("no whole record") || Catch::Contains("the head of the file is wrong"));
}

// Opens again, and once more after further commits.
void check_restart(store_run& run, bool refused_may_be_there) {
  run.close();
  REQUIRE(run.open());
  check_warnings(run.store());
  REQUIRE(run.wrong(refused_may_be_there) == "");
  run.run(4);
  REQUIRE(run.wrong(refused_may_be_there) == "");
  run.close();
  run.disk->crash();
  REQUIRE(run.open());
  check_warnings(run.store());
  REQUIRE(run.wrong(refused_may_be_there) == "");
}

}  // namespace

TEST_CASE(
    "whichever call to the disk fails once, nothing that was acknowledged is lost and nothing doubled") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  const std::uint64_t calls = calls_of_script(seed);
  for (std::uint64_t call = 1; call <= calls; ++call)
    for (const unsigned arriving : {0u, 70u}) {
      INFO("call " << call << ", " << arriving << " percent arrive");
      store_run run{seed};
      run.disk->fail(
          {.call = call, .code = arriving == 0 ? errc::disk_full : errc::io, .arriving_percent = arriving});
      run.run(steps);
      REQUIRE(run.wrong(false) == "");
      // What was refused is cut off by the write that follows.
      run.run(1);
      check_restart(run, false);
    }
}

TEST_CASE(
    "a disk that refuses from some call on until it is well again loses nothing that was acknowledged") {
  const std::uint64_t seed = seed_or(2);
  INFO(describe_seed(seed));
  const std::uint64_t calls = calls_of_script(seed);
  for (std::uint64_t call = 1; call <= calls; ++call)
    for (const bool restart : {false, true}) {
      INFO("call " << call << ", restart " << restart);
      store_run run{seed};
      run.disk->fail({.call = call, .code = errc::disk_full, .lasting = true});
      run.run(steps);
      run.disk->heal();
      if (restart)
        run.close();
      run.run(4);
      REQUIRE(run.wrong(restart) == "");
      check_restart(run, restart);
    }
}

TEST_CASE("after a crash at any call every row that was acknowledged is there once, with its id") {
  const std::uint64_t seed = seed_or(3);
  INFO(describe_seed(seed));
  const std::uint64_t calls = calls_of_script(seed);
  for (std::uint64_t call = 1; call <= calls; ++call)
    for (std::uint64_t torn = 0; torn < 4; ++torn) {
      INFO("call " << call << ", torn " << torn);
      store_run run{seed};
      run.disk->fail({.call = call, .lasting = true, .arriving_percent = static_cast<unsigned>(torn * 33)});
      run.run(steps);
      run.close();
      if (torn == 0)
        run.disk->crash();
      else
        run.disk->crash_torn(torn);
      check_restart(run, true);
    }
}

TEST_CASE("crashes that follow each other, also while the store is opened, lose and double nothing") {
  const std::uint64_t seed = seed_or(4);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 100; ++round) {
    INFO("round " << round);
    store_run run{random.next()};
    for (int crash = 0; crash < 6; ++crash) {
      INFO("crash " << crash);
      run.disk->fail({.call = 1 + random.below(one_in(random, 2) ? 25 : 150),
                      .lasting = true,
                      .arriving_percent = random.below(101)});
      run.run(steps);
      run.close();
      run.disk->crash_torn(random.next());
      if (one_in(random, 2))
        continue;
      REQUIRE(run.open());
      REQUIRE(run.wrong(true) == "");
    }
    check_restart(run, true);
  }
}
