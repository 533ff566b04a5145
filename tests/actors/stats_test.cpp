// SPDX-License-Identifier: MIT
// Sums, rates and rounds of questions on a clock that the test moves.
#include "actors/stats.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

using std::chrono::seconds;

struct stats_fixture {
  stats_fixture() {
    settings.print = [this](const std::string& block) { printed.push_back(block); };
    settings.buffer_size = 4'711;
    router->figures.refused_events = 5;
    store->figures.events = 1'234;
    alerts->figures.fired = 3;
    handles.router = system.keep(spawn_dummy(system.actors(), router));
    handles.store = system.keep(spawn_dummy(system.actors(), store));
    handles.alerts = system.keep(spawn_dummy(system.actors(), alerts));
    stats = system.keep(spawn_stats(system.actors(), settings));
    system.run();
  }

  void wire() { system.tell(stats, atom::wire_v, std::make_shared<const service_handles>(handles)); }
  void add(std::uint64_t accepted, std::uint64_t lost = 0) {
    auto tally = std::make_shared<ingest_tally>();
    tally->requests = 1;
    tally->accepted = accepted;
    tally->lost = lost;
    system.tell(stats, ingest_tally_ptr{tally});
  }
  void pass(seconds time) { system.advance(time, seconds{1}); }
  std::optional<service_figures> figures() {
    const auto got = system.fetch<service_figures_ptr>(stats, atom::stats_v);
    return got && got->ok() ? std::optional{***got} : std::nullopt;
  }
  template <class Handle>
  void kill(const Handle& whom) {
    caf::anon_send_exit(whom, caf::exit_reason::kill);
    system.run();
  }

  // Outlive the actors, which call back until they end.
  std::vector<std::string> printed;
  test_system system;
  stats_actor_settings settings;
  std::shared_ptr<router_log> router = std::make_shared<router_log>();
  std::shared_ptr<store_log> store = std::make_shared<store_log>();
  std::shared_ptr<alerts_log> alerts = std::make_shared<alerts_log>();
  service_handles handles;
  stats_actor stats;
};

TEST_CASE("Figures are the sums of all tallies and what the others tell") {
  stats_fixture with;
  with.wire();
  with.add(100, 7);
  with.add(50);
  const auto figures = with.figures();
  REQUIRE(figures);
  CHECK(figures->ingest.requests == 2);
  CHECK(figures->ingest.accepted == 150);
  CHECK(figures->router.refused_events == 5);
  CHECK(figures->store.events == 1'234);
  CHECK(figures->alerts.fired == 3);
  CHECK(figures->buffer_size == 4'711);
}

TEST_CASE("Dropped events are those refused by the router and those lost on the way to the store") {
  stats_fixture with;
  with.wire();
  with.add(100, 7);
  CHECK(with.figures()->dropped == 5 + 7);
}

TEST_CASE("Uptime and average throughput are told from the start of the process") {
  stats_fixture with;
  with.add(1'000);
  with.pass(seconds{20});
  const auto figures = with.figures();
  CHECK(figures->uptime_seconds == Approx(20));
  CHECK(figures->average_throughput == Approx(50));
}

TEST_CASE("Current throughput is that of the last ten seconds") {
  stats_fixture with;
  with.add(1'000);
  with.pass(seconds{1});
  CHECK(with.figures()->current_throughput == Approx(1'000));
  with.pass(seconds{9});
  CHECK(with.figures()->current_throughput == Approx(100));
  with.pass(seconds{1});
  CHECK(with.figures()->current_throughput == 0);
}

TEST_CASE("Restarts are counted") {
  stats_fixture with;
  with.system.tell(with.stats, atom::notify_v, std::string{"worker"});
  with.system.tell(with.stats, atom::notify_v, std::string{"worker"});
  CHECK(with.figures()->restarts == 2);
}

TEST_CASE("The block is printed every ten seconds, with the figures of that moment") {
  stats_fixture with;
  with.wire();
  with.pass(seconds{9});
  CHECK(with.printed.empty());
  with.add(500);
  with.pass(seconds{1});
  REQUIRE(with.printed.size() == 1);
  CHECK(with.printed[0] ==
        "========== LogStream Stats ==========\n"
        "Current Throughput: 50 logs/sec\n"
        "Average Throughput: 50 logs/sec\n"
        "Total Processed: 500\n"
        "Total Dropped: 5\n"
        "Logs in Store: 1234\n"
        "=====================================\n");
  with.pass(seconds{30});
  CHECK(with.printed.size() == 4);
}

TEST_CASE("Without somebody to print to statistics tick on") {
  test_system system;
  const auto stats = system.keep(spawn_stats(system.actors(), {}));
  system.advance(seconds{20}, seconds{1});
  CHECK(system.fetch<service_figures_ptr>(stats, atom::stats_v).has_value());
}

TEST_CASE("Before anybody is known the own figures are told") {
  stats_fixture with;
  with.add(100);
  const auto figures = with.figures();
  REQUIRE(figures);
  CHECK(figures->ingest.accepted == 100);
  CHECK(figures->store.events == 0);
}

TEST_CASE("Figures arrive at once without those of actors that are dead") {
  stats_fixture with;
  with.wire();
  with.add(100);
  with.kill(with.handles.store);
  with.kill(with.handles.alerts);
  const auto figures = with.figures();
  REQUIRE(figures);
  CHECK(figures->ingest.accepted == 100);
  CHECK(figures->router.refused_events == 5);
  CHECK(figures->store.events == 0);
}

TEST_CASE("Figures arrive after two seconds without those of a store that does not answer") {
  stats_fixture with;
  with.handles.store = with.system.keep(spawn_silent_store(with.system.actors()));
  with.wire();
  auto got = std::make_shared<std::optional<result<service_figures_ptr>>>();
  caf::anon_send(with.stats, atom::stats_v,
                 make_answer<service_figures_ptr>(
                     [got](result<service_figures_ptr> figures) { *got = std::move(figures); }));
  with.pass(seconds{1});
  CHECK_FALSE(got->has_value());
  with.pass(seconds{2});
  REQUIRE(got->has_value());
  CHECK((***got)->router.refused_events == 5);
}

TEST_CASE("Metrics are the figures as text") {
  stats_fixture with;
  with.wire();
  with.add(100);
  const auto text = with.system.fetch<std::string>(with.stats, atom::metrics_v);
  REQUIRE((text && text->ok()));
  CHECK((**text).find("\nlogstream_ingest_events_total 100\n") != std::string::npos);
  CHECK((**text).find("\nlogstream_store_events 1234\n") != std::string::npos);
}

TEST_CASE("Metrics that were asked for when statistics died are still answered") {
  stats_fixture with;
  with.handles.store = with.system.keep(spawn_silent_store(with.system.actors()));
  with.wire();
  auto times = std::make_shared<int>(0);
  with.system.tell(with.stats, atom::metrics_v,
                   make_answer<std::string>([times](const result<std::string>&) { ++*times; }));
  CHECK(*times == 0);
  with.kill(with.stats);
  CHECK(*times == 1);
}

}  // namespace
}  // namespace logstream::test
