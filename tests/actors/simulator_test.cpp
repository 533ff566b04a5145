// SPDX-License-Identifier: MIT
// A simulator before a router that takes or refuses what the test wants.
#include "actors/simulator.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/scheduling.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <sstream>

namespace logstream::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using report_ptr = delivery_ptr<simulate_report>;

constexpr milliseconds pace{20};

std::uint64_t lines_of(std::string_view body) {
  return static_cast<std::uint64_t>(std::count(body.begin(), body.end(), '\n'));
}

struct simulator_fixture {
  simulator_fixture() {
    simulator_settings settings;
    settings.time = system.now();
    settings.max_running = 2;
    simulator = system.keep(spawn_simulator(system.actors(), settings));
    handles.router = system.keep(spawn_dummy(system.actors(), router));
    system.tell(simulator, atom::wire_v, std::make_shared<const service_handles>(handles));
  }

  report_ptr start(std::uint64_t count, std::uint64_t rate = 0, std::uint64_t seed = 1) {
    simulate_request what;
    what.events.count = count;
    what.events.seed = seed;
    what.rate = rate;
    auto report = std::make_shared<delivery<simulate_report>>();
    system.tell(simulator, what, answer_to(report));
    return report;
  }

  // Takes the bodies that have arrived; returns how many there were.
  std::size_t take_all() {
    const auto jobs = std::exchange(router->jobs, {});
    for (const ingest_job_ptr& job : jobs) {
      taken += job->body;
      ingest_receipt receipt;
      receipt.accepted = lines_of(job->body);
      job->reply->deliver(receipt);
    }
    system.run();
    return jobs.size();
  }
  void take_until_done() {
    while (take_all() != 0) {
    }
  }
  // Lets time pass in the steps of the simulator and takes all bodies at once.
  void serve(milliseconds time) {
    for (; time > milliseconds::zero(); time -= pace) {
      system.advance(pace, pace);
      take_until_done();
    }
  }

  test_system system;
  std::shared_ptr<router_log> router = std::make_shared<router_log>();
  service_handles handles;
  simulator_actor simulator;
  std::string taken;
};

TEST_CASE("A simulation makes exactly as many events as were asked for and then answers") {
  const std::uint64_t count = GENERATE(1u, 999u, 1'000u, 1'001u, 10'000u);
  simulator_fixture with;
  const auto report = with.start(count);
  CHECK(report->times == 0);
  with.take_until_done();
  REQUIRE(report->ok());
  CHECK((*report)->count == count);
  CHECK((*report)->rejected == 0);
  CHECK(lines_of(with.taken) == count);
}

TEST_CASE("A simulation of nothing answers at once") {
  simulator_fixture with;
  const auto report = with.start(0);
  REQUIRE(report->ok());
  CHECK((*report)->count == 0);
}

TEST_CASE("A simulation has at most four bodies in flight") {
  simulator_fixture with;
  with.start(10'000);
  CHECK(with.router->jobs.size() == 4);
  with.take_all();
  CHECK(with.router->jobs.size() == 4);
}

TEST_CASE("The same seed gives the same events, another seed others") {
  const auto events = [](std::uint64_t seed) {
    simulator_fixture with;
    with.start(2'500, 0, seed);
    with.take_until_done();
    return with.taken;
  };
  const std::string first = events(1);
  CHECK(events(1) == first);
  CHECK(events(2) != first);
}

TEST_CASE("Simulated events have happened by now") {
  simulator_fixture with;
  with.start(1'000);
  with.take_until_done();
  const std::string last = with.taken.substr(with.taken.rfind('\n', with.taken.size() - 2) + 1);
  CHECK(nlohmann::json::parse(last)["timestamp"].get<std::string>().substr(0, 19) == "2024-05-01T11:59:59");
}

TEST_CASE("A refused body is sent again after a pause until it is taken, and counted once") {
  simulator_fixture with;
  const auto report = with.start(1'000);
  REQUIRE(with.router->jobs.size() == 1);
  const std::string body{with.router->jobs[0]->body};
  for (int i = 0; i < 3; ++i) {
    const auto jobs = std::exchange(with.router->jobs, {});
    jobs[0]->reply->deliver(make_error(errc::overloaded, "too many events are waiting"));
    with.system.run();
    CHECK(with.router->jobs.empty());
    with.system.advance(pace, pace);
    REQUIRE(with.router->jobs.size() == 1);
    CHECK(with.router->jobs[0]->body == body);
  }
  with.take_until_done();
  REQUIRE(report->ok());
  CHECK((*report)->count == 1'000);
  CHECK(lines_of(with.taken) == 1'000);
}

TEST_CASE("A body that the router takes to its grave is sent again") {
  simulator_fixture with;
  const auto report = with.start(10);
  with.router->jobs.clear();
  with.system.advance(pace, pace);
  with.take_until_done();
  REQUIRE(report->ok());
  CHECK((*report)->count == 10);
}

TEST_CASE("Events that were rejected are reported as such") {
  simulator_fixture with;
  const auto report = with.start(10);
  ingest_receipt receipt;
  receipt.accepted = 7;
  receipt.rejected = 3;
  with.router->jobs.at(0)->reply->deliver(receipt);
  with.system.run();
  REQUIRE(report->ok());
  CHECK((*report)->count == 7);
  CHECK((*report)->rejected == 3);
}

TEST_CASE("A simulation with a rate keeps to it and takes as long as it must") {
  simulator_fixture with;
  const auto report = with.start(2'000, 1'000);
  with.serve(seconds{1});
  CHECK(lines_of(with.taken) == 1'000);
  CHECK(report->times == 0);
  with.serve(milliseconds{980});
  CHECK(lines_of(with.taken) == 1'980);
  CHECK(report->times == 0);
  with.serve(pace);
  REQUIRE(report->ok());
  CHECK((*report)->count == 2'000);
  CHECK((*report)->seconds == Approx(2));
}

TEST_CASE("Events of a simulation with a rate bear the times at which they are made") {
  simulator_fixture with;
  with.start(100, 10);
  with.serve(seconds{10});
  const std::string last = with.taken.substr(with.taken.rfind('\n', with.taken.size() - 2) + 1);
  CHECK(nlohmann::json::parse(last)["timestamp"].get<std::string>().substr(0, 19) == "2024-05-01T12:00:09");
}

TEST_CASE("A simulation with a rate does not become more work the longer it runs") {
  simulator_fixture with;
  with.start(1'000'000, 1'000);
  for (int i = 0; i < 100; ++i) {
    with.serve(pace);
    CHECK(timers(with.system) <= 1);
  }
}

TEST_CASE("One simulation more than may run is refused as overload, and taken when one has ended") {
  simulator_fixture with;
  const auto first = with.start(10);
  with.start(10);
  CHECK(with.start(10)->failed(errc::overloaded));
  with.take_until_done();
  CHECK(first->ok());
  CHECK(with.start(10)->times == 0);
}

TEST_CASE("A simulator that knows no router yet refuses as unavailable") {
  test_system system;
  simulator_settings settings;
  settings.time = system.now();
  const auto simulator = system.keep(spawn_simulator(system.actors(), settings));
  const auto report = std::make_shared<delivery<simulate_report>>();
  system.tell(simulator, simulate_request{}, answer_to(report));
  CHECK(report->failed(errc::unavailable));
}

TEST_CASE("A simulator that dies answers what runs as unavailable") {
  simulator_fixture with;
  const auto report = with.start(10'000);
  caf::anon_send_exit(with.simulator, caf::exit_reason::kill);
  with.system.run();
  CHECK(report->failed(errc::unavailable));
}

}  // namespace
}  // namespace logstream::test
