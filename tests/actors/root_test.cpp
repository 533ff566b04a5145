// SPDX-License-Identifier: MIT
// The whole service on one thread: who dies is replaced, what it held is answered, what was stored is there.
#include "actors/root.hpp"

#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/recording_sink.hpp"
#include "tests/actors/support/requests.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <functional>
#include <map>

namespace logstream::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr const char* event = R"({"message":"hello","service":"api"})";

struct root_fixture {
  explicit root_fixture(alert_configuration_ptr configuration = nullptr) {
    before_root = system.actors().registry().running();
    root_settings settings;
    settings.workers = 3;
    settings.shards = {std::make_shared<shard_store>(), std::make_shared<shard_store>()};
    settings.log = std::make_shared<commit_log>(std::uint8_t{0}, 2);
    settings.blocks.readers = 0;
    settings.worker.time = system.now();
    settings.simulator.time = system.now();
    settings.alerts.now = system.now();
    settings.configuration = std::move(configuration);
    settings.wired = [log = wirings](const service_handles_ptr& handles) { log->push_back(handles); };
    root = system.keep(spawn_root(system.actors(), std::move(settings)));
    system.run();
  }

  const service_handles& now() const { return *wirings->back(); }
  std::size_t times_wired() const { return wirings->size(); }

  template <class Handle>
  void post_kill(const Handle& whom) {
    caf::anon_send_exit(whom, caf::exit_reason::kill);
  }
  template <class Handle>
  void kill(const Handle& whom) {
    post_kill(whom);
    system.run();
  }

  receipt_ptr post(std::string body = event) {
    auto receipt = make_receipt();
    caf::anon_send(now().router, make_job(std::move(body), receipt));
    return receipt;
  }
  receipt_ptr ingest(std::string body = event) {
    auto receipt = post(std::move(body));
    system.run();
    return receipt;
  }
  std::uint64_t found() {
    auto log = std::make_shared<sink_log>();
    system.tell(now().store, make_log_request(log));
    return log->complete ? nlohmann::json::parse(log->text())["count"].get<std::uint64_t>() : 0;
  }
  std::shared_ptr<pending<atom::done>> drain(milliseconds grace = seconds{10}) {
    auto answer = ask_later<atom::done>(system.actors(), root, atom::drain_v,
                                        static_cast<std::uint64_t>(grace.count()));
    system.run();
    return answer;
  }
  readiness ready() { return **system.fetch<readiness>(root, atom::ready_v); }
  nlohmann::json rules() { return **system.fetch<nlohmann::json>(now().alerts, atom::list_v); }

  test_system system;
  std::size_t before_root = 0;
  std::shared_ptr<std::vector<service_handles_ptr>> wirings =
      std::make_shared<std::vector<service_handles_ptr>>();
  root_actor root;
};

// Where everybody is, by role.
std::map<std::string, caf::actor> everybody(const service_handles& in) {
  std::map<std::string, caf::actor> all;
  const auto add = [&](const std::string& role, const auto& handle) {
    all[role] = caf::actor_cast<caf::actor>(handle);
  };
  add("router", in.router);
  add("committer", in.committer);
  add("merger", in.merger);
  add("block store", in.blocks);
  add("snapshot keeper", in.snapshots);
  add("store", in.store);
  add("alert manager", in.alerts);
  add("simulator", in.simulator);
  add("stats", in.stats);
  for (std::size_t i = 0; i < in.workers.size(); ++i) add("worker " + std::to_string(i), in.workers[i]);
  for (std::size_t i = 0; i < in.shards.size(); ++i) add("shard " + std::to_string(i), in.shards[i]);
  return all;
}

TEST_CASE("The service starts ready, told of once, and with everybody there") {
  root_fixture with;
  REQUIRE(with.times_wired() == 1);
  for (const auto& [role, handle] : everybody(with.now())) {
    INFO(role);
    CHECK(handle);
  }
  CHECK(with.ready().ready);
  CHECK(with.ingest()->ok());
  CHECK(with.found() == 1);
}

TEST_CASE("Whoever dies is replaced, alone, and the service goes on with all its data") {
  const std::string role = GENERATE("router", "committer", "merger", "block store", "store", "alert manager",
                                    "simulator", "stats", "worker 0", "worker 2", "shard 0", "shard 1");
  INFO(role);
  root_fixture with;
  for (int i = 0; i < 10; ++i)
    REQUIRE(with.ingest(R"({"message":"x","service":"s)" + std::to_string(i) + "\"}")->ok());
  const auto before = everybody(with.now());
  with.kill(before.at(role));

  CHECK(with.times_wired() == 2);
  for (const auto& [who, handle] : everybody(with.now())) {
    INFO(who);
    CHECK((handle != before.at(who)) == (who == role));
  }
  CHECK(with.found() == 10);
  for (int i = 0; i < 10; ++i)
    CHECK(with.ingest(R"({"message":"x","service":"s)" + std::to_string(i) + "\"}")->ok());
  CHECK(with.found() == 20);

  const auto report = std::make_shared<delivery<simulate_report>>();
  simulate_request what;
  what.events.count = 100;
  with.system.tell(with.now().simulator, what, answer_to(report));
  CHECK(report->ok());
  CHECK(with.rules()["count"] == 0);
  const auto figures = **with.system.fetch<service_figures_ptr>(with.now().stats, atom::stats_v);
  CHECK(figures->restarts == 1);
  CHECK(figures->store.events == 120);
}

TEST_CASE("Every part may die at once") {
  root_fixture with;
  REQUIRE(with.ingest()->ok());
  for (const auto& [role, handle] : everybody(with.now())) with.post_kill(handle);
  with.system.run();
  CHECK(with.ingest()->ok());
  CHECK(with.found() == 2);
}

TEST_CASE("Bodies that a dead router held are answered as unavailable") {
  root_fixture with;
  const auto held = with.post();
  with.post_kill(with.now().router);
  with.system.run();
  CHECK(held->failed(errc::unavailable));
}

TEST_CASE("Bodies that come when all workers have died wait for those in their places") {
  root_fixture with;
  for (const worker_actor& each : with.now().workers) with.post_kill(each);
  const auto waits = with.post();
  with.system.run();
  CHECK(waits->ok());
  const auto figures = *with.system.ask<router_figures>(with.now().router, atom::stats_v);
  CHECK(figures.requests_in_flight == 0);
  CHECK(figures.bytes_in_flight == 0);
}

TEST_CASE("While there is no committer bodies are answered as unavailable, and the router has room again") {
  root_fixture with;
  with.kill(with.now().committer);
  with.kill(with.now().committer);
  CHECK(with.ingest()->failed(errc::unavailable));
  const auto figures = *with.system.ask<router_figures>(with.now().router, atom::stats_v);
  CHECK(figures.requests_in_flight == 0);
  with.system.advance(seconds{1});
  CHECK(with.ingest()->ok());
  CHECK(with.found() == 1);
}

TEST_CASE("What a dead store was asked is answered as unavailable") {
  root_fixture with;
  const auto table = std::make_shared<delivery<count_table>>();
  caf::anon_send(with.now().store, atom::count_v, count_request_ptr{std::make_shared<const count_request>()},
                 answer_to(table));
  with.post_kill(with.now().store);
  with.system.run();
  CHECK(table->failed(errc::unavailable));
}

TEST_CASE("Rows for a shard that dies before it takes them are in the one in its place") {
  root_fixture with;
  for (const shard_actor& each : with.now().shards) with.post_kill(each);
  const auto stored = with.post();
  with.system.run();
  CHECK(stored->ok());
  CHECK(with.found() == 1);
}

TEST_CASE("Rows for a shard that is not restarted yet are there when it is") {
  root_fixture with;
  for (int i = 0; i < 2; ++i)
    for (const shard_actor& each : std::vector{with.now().shards}) with.kill(each);
  CHECK(with.ingest()->ok());
  // Somebody else's restart tells everybody of the dead shards again.
  with.kill(with.now().stats);
  CHECK(with.ingest()->ok());
  with.system.advance(seconds{1});
  CHECK(with.found() == 2);
}

TEST_CASE("A simulation that runs when its simulator dies is answered as unavailable") {
  root_fixture with;
  const auto report = std::make_shared<delivery<simulate_report>>();
  caf::anon_send(with.now().simulator, simulate_request{}, answer_to(report));
  with.post_kill(with.now().simulator);
  with.system.run();
  CHECK(report->failed(errc::unavailable));
}

TEST_CASE("What an alert manager that is dead is asked is answered as unavailable") {
  root_fixture with;
  const auto list = std::make_shared<delivery<nlohmann::json>>();
  with.post_kill(with.now().alerts);
  caf::anon_send(with.now().alerts, atom::list_v, answer_to(list));
  with.system.run();
  CHECK(list->failed(errc::unavailable));
}

TEST_CASE(
    "The rules of the configuration are there at start, after a reload, and after the alert manager's "
    "death") {
  const auto configuration_of = [](const std::string& name) {
    auto made = std::make_shared<alert_configuration>();
    auto rule = std::make_shared<alert_rule>();
    rule->name = name;
    made->rules = {rule};
    return alert_configuration_ptr{made};
  };
  root_fixture with{configuration_of("first")};
  CHECK(with.rules()["rules"][0]["name"] == "first");
  with.system.tell(with.root, atom::reload_v, configuration_of("second"));
  CHECK(with.rules()["count"] == 1);
  CHECK(with.rules()["rules"][0]["name"] == "second");
  with.kill(with.now().alerts);
  CHECK(with.rules()["count"] == 1);
  CHECK(with.rules()["rules"][0]["name"] == "second");
}

TEST_CASE("A child that dies a second time within a second is restarted when it is over") {
  root_fixture with;
  with.kill(with.now().workers[0]);
  REQUIRE(with.times_wired() == 2);
  with.system.advance(milliseconds{400});
  with.kill(with.now().workers[0]);
  with.system.advance(milliseconds{500});
  CHECK(with.times_wired() == 2);
  with.system.advance(milliseconds{100});
  CHECK(with.times_wired() == 3);
}

TEST_CASE("A child that dies whenever it is there is restarted once a second") {
  root_fixture with;
  for (int i = 0; i < 100; ++i) {
    with.kill(with.now().stats);
    with.system.advance(milliseconds{100});
  }
  CHECK(with.times_wired() == 1 + 1 + 10);
}

TEST_CASE("A child that dies again after a second is restarted at once") {
  root_fixture with;
  with.kill(with.now().store);
  with.system.advance(seconds{1});
  with.kill(with.now().store);
  CHECK(with.times_wired() == 3);
}

TEST_CASE("The pause of one child delays no other") {
  root_fixture with;
  with.kill(with.now().workers[0]);
  with.kill(with.now().workers[0]);
  REQUIRE(with.times_wired() == 2);
  with.kill(with.now().workers[1]);
  CHECK(with.times_wired() == 3);
}

TEST_CASE("While one worker is not restarted yet the others take the bodies") {
  root_fixture with;
  with.kill(with.now().workers[0]);
  with.kill(with.now().workers[0]);
  for (int i = 0; i < 20; ++i) CHECK(with.ingest()->ok());
  with.system.advance(seconds{1});
  CHECK(with.ingest()->ok());
}

TEST_CASE("When the root exits everybody else does") {
  root_fixture with;
  with.ingest();
  caf::anon_send_exit(with.root, caf::exit_reason::user_shutdown);
  with.system.run();
  CHECK(with.system.actors().registry().running() == with.before_root);
  CHECK(with.times_wired() == 1);
}

TEST_CASE("A root that exits while a child waits for its restart does not restart it") {
  root_fixture with;
  with.kill(with.now().stats);
  with.kill(with.now().stats);
  caf::anon_send_exit(with.root, caf::exit_reason::user_shutdown);
  with.system.run();
  with.system.advance(seconds{2});
  CHECK(with.system.actors().registry().running() == with.before_root);
}

TEST_CASE("A drain answers every body that was admitted, refuses those that come later, and is then over") {
  root_fixture with;
  const auto admitted = with.post();
  const auto answer =
      ask_later<atom::done>(with.system.actors(), with.root, atom::drain_v, std::uint64_t{10'000});
  with.system.run();
  CHECK(admitted->ok());
  CHECK(answer->value.has_value());
  CHECK(with.ingest()->failed(errc::unavailable));
  CHECK(with.found() == 1);
}

TEST_CASE("A damaged file that was put aside leaves the service ready and degraded") {
  root_fixture with;
  CHECK(with.ready().degraded.empty());
  with.system.tell(with.root, atom::damaged_v);
  CHECK(with.ready().ready);
  CHECK(with.ready().degraded == "1 damaged file was put aside in quarantine/");
}

TEST_CASE("While the service drains it is not ready") {
  root_fixture with;
  with.drain();
  CHECK_FALSE(with.ready().ready);
  CHECK_FALSE(with.ready().reason.empty());
}

TEST_CASE("A drain ends simulations and answers who asked for them") {
  root_fixture with;
  const auto report = std::make_shared<delivery<simulate_report>>();
  simulate_request endless;
  endless.events.count = 1'000'000;
  endless.rate = 100;
  with.system.tell(with.now().simulator, endless, answer_to(report));
  with.system.advance(seconds{1});
  REQUIRE(report->times == 0);
  const auto answer = with.drain();
  CHECK(answer->value.has_value());
  CHECK(report->failed(errc::unavailable));
  CHECK(with.times_wired() == 1);
}

TEST_CASE("A worker that dies in a drain does not hold it up") {
  root_fixture with;
  const auto lost = with.post();
  for (const worker_actor& each : with.now().workers) with.post_kill(each);
  const auto answer = with.drain();
  CHECK(lost->times == 1);
  CHECK(answer->value.has_value());
}

TEST_CASE("A router that dies in a drain refuses after its restart as well") {
  root_fixture with;
  with.drain();
  with.kill(with.now().router);
  REQUIRE(with.times_wired() == 2);
  CHECK(with.ingest()->failed(errc::unavailable));
}

TEST_CASE("A drain that does not end in time is answered with an error") {
  root_fixture with;
  // A worker that died twice is back only after a second, and what waits for it is in flight until then.
  for (int i = 0; i < 2; ++i)
    for (const worker_actor& each : std::vector{with.now().workers}) with.kill(each);
  const auto waits = with.ingest();
  const auto answer = with.drain(milliseconds{500});
  CHECK(answer->open());
  with.system.advance(milliseconds{600});
  CHECK(answer->failure.has_value());
  CHECK(waits->times == 0);
  with.system.advance(seconds{1});
  CHECK(waits->ok());
}

}  // namespace
}  // namespace logstream::test
