// SPDX-License-Identifier: MIT
// Admission, bundling, and what becomes of bodies whose worker is gone.
#include "actors/router.hpp"

#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/requests.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

constexpr std::size_t kilobyte = 1024;

// A router and workers that keep every bundle until the test says it is over.
struct router_fixture {
  explicit router_fixture(router_settings settings = {}, std::size_t workers = 1)
      : router(system.keep(spawn_router(system.actors(), settings))) {
    for (std::size_t i = 0; i < workers; ++i) add_worker(i);
    wire();
  }

  void add_worker(std::size_t index) {
    handles.workers.resize(std::max(handles.workers.size(), index + 1));
    logs.resize(handles.workers.size());
    logs[index] = std::make_shared<worker_log>();
    handles.workers[index] = system.keep(spawn_dummy(system.actors(), logs[index]));
  }
  void kill_worker(std::size_t index) {
    caf::anon_send_exit(handles.workers[index], caf::exit_reason::kill);
    system.run();
  }
  void wire() { system.tell(router, atom::wire_v, std::make_shared<const service_handles>(handles)); }

  // Nobody has handled the body when this returns.
  receipt_ptr send(std::string body, body_encoding encoding = body_encoding::identity) {
    auto receipt = make_receipt();
    caf::anon_send(router, make_job(std::move(body), receipt, encoding));
    return receipt;
  }
  receipt_ptr send_and_run(std::string body) {
    auto receipt = send(std::move(body));
    system.run();
    return receipt;
  }
  // The bundle the worker got last is answered and dropped.
  void finish(std::uint32_t index) {
    for (auto& job : logs[index]->bundles.back()->jobs) job->reply->deliver(ingest_receipt{});
    logs[index]->bundles.back().reset();
    system.run();
  }

  std::size_t bundles(std::size_t worker = 0) const { return logs[worker]->bundles.size(); }
  std::size_t jobs_of_last_bundle(std::size_t worker = 0) const {
    return logs[worker]->bundles.back()->jobs.size();
  }
  router_figures figures() { return *system.ask<router_figures>(router, atom::stats_v); }

  test_system system;
  router_actor router;
  service_handles handles;
  std::vector<std::shared_ptr<worker_log>> logs;
};

TEST_CASE("Bodies that wait are handed together to one worker") {
  router_fixture with{{}, 2};
  for (int i = 0; i < 5; ++i) with.send("{}");
  with.system.run();
  REQUIRE(with.bundles(0) == 1);
  CHECK(with.jobs_of_last_bundle(0) == 5);
  CHECK(with.bundles(1) == 0);
}

TEST_CASE("Bodies that come while all workers are busy wait and are handed out together") {
  router_fixture with;
  with.send_and_run("{}");
  with.send_and_run("{}");
  with.send_and_run("{}");
  REQUIRE(with.bundles() == 1);
  with.finish(0);
  REQUIRE(with.bundles() == 2);
  CHECK(with.jobs_of_last_bundle() == 2);
}

TEST_CASE("While a worker reads a large or a packed body, a small one goes to another") {
  const bool packed = GENERATE(false, true);
  router_fixture with{{}, 2};
  if (packed)
    with.send("packed", body_encoding::gzip);
  else
    with.send(std::string(64 * kilobyte, 'x'));
  with.system.run();
  with.send_and_run("{}");
  CHECK(with.bundles(0) == 1);
  CHECK(with.bundles(1) == 1);
}

TEST_CASE("While a worker reads small bodies, others wait for it until there are 64") {
  router_fixture with{{}, 2};
  with.send_and_run("{}");
  for (int i = 0; i < 63; ++i) with.send_and_run("{}");
  CHECK(with.bundles(1) == 0);
  with.send_and_run("{}");
  REQUIRE(with.bundles(1) == 1);
  CHECK(with.jobs_of_last_bundle(1) == 64);
}

TEST_CASE("While a worker reads small bodies, others wait for it until they have 64 KiB") {
  router_fixture with{{}, 2};
  with.send_and_run("{}");
  for (int i = 0; i < 7; ++i) with.send_and_run(std::string(8 * kilobyte, 'x'));
  CHECK(with.bundles(1) == 0);
  with.send_and_run(std::string(8 * kilobyte, 'x'));
  REQUIRE(with.bundles(1) == 1);
  CHECK(with.jobs_of_last_bundle(1) == 8);
}

TEST_CASE("Small bodies that wait go together when the bundle they waited for is over, and not before") {
  router_fixture with{{}, 2};
  with.send_and_run("{}");
  with.send_and_run("{}");
  with.send_and_run("{}");
  CHECK(with.bundles(0) + with.bundles(1) == 1);
  with.finish(0);
  CHECK(with.bundles(0) + with.bundles(1) == 2);
  CHECK(with.jobs_of_last_bundle(0) == 2);
}

TEST_CASE("A large body waits for no small ones") {
  router_fixture with{{}, 2};
  with.send_and_run("{}");
  with.send_and_run(std::string(64 * kilobyte, 'x'));
  CHECK(with.bundles(1) == 1);
}

TEST_CASE("Bodies of one message are admitted or refused each for itself") {
  router_fixture with{router_settings{.max_requests_in_flight = 2}};
  std::vector<receipt_ptr> receipts;
  auto several = std::make_shared<ingest_bundle>();
  for (int i = 0; i < 3; ++i) {
    receipts.push_back(make_receipt());
    several->jobs.push_back(make_job("{}", receipts.back()));
  }
  with.system.tell(with.router, std::move(several));
  REQUIRE(with.bundles() == 1);
  CHECK(with.jobs_of_last_bundle() == 2);
  CHECK(receipts[0]->times == 0);
  CHECK(receipts[1]->times == 0);
  CHECK(receipts[2]->failed(errc::overloaded));
  CHECK(with.figures().refused_requests == 1);
}

TEST_CASE("A bundle is over when its last handle goes, whoever has it") {
  router_fixture with;
  with.send_and_run("{}");
  auto elsewhere = with.logs[0]->bundles.back();
  with.logs[0]->bundles.clear();
  with.kill_worker(0);
  CHECK(with.figures().requests_in_flight == 1);
  elsewhere.reset();
  with.system.run();
  CHECK(with.figures().requests_in_flight == 0);
}

TEST_CASE("Bodies are bundled up to 256 KiB and not beyond") {
  router_fixture with;
  with.send_and_run("{}");
  for (int i = 0; i < 3; ++i) with.send_and_run(std::string(100 * kilobyte, 'x'));
  with.finish(0);
  CHECK(with.jobs_of_last_bundle() == 2);
  with.finish(0);
  CHECK(with.jobs_of_last_bundle() == 1);
}

TEST_CASE("A body larger than a bundle is handed out alone") {
  router_fixture with{router_settings{.buffer_size = 1'000'000}};
  with.send_and_run("{}");
  with.send_and_run(std::string(500 * kilobyte, 'x'));
  with.send_and_run("{}");
  with.finish(0);
  CHECK(with.jobs_of_last_bundle() == 1);
  with.finish(0);
  CHECK(with.jobs_of_last_bundle() == 1);
  CHECK(with.figures().requests_in_flight == 1);
}

TEST_CASE("At most 256 bodies are handed out together") {
  router_fixture with;
  for (int i = 0; i < 300; ++i) with.send("{}");
  with.system.run();
  CHECK(with.jobs_of_last_bundle() == 256);
  with.finish(0);
  CHECK(with.jobs_of_last_bundle() == 44);
}

TEST_CASE("A body beyond the bound on requests in flight is refused as overload") {
  router_fixture with{router_settings{.max_requests_in_flight = 2}};
  const auto first = with.send_and_run("{}");
  const auto second = with.send_and_run("{}");
  const auto third = with.send_and_run("{}");
  CHECK(first->times == 0);
  CHECK(second->times == 0);
  CHECK(third->failed(errc::overloaded));
  CHECK(with.figures().requests_in_flight == 2);
}

TEST_CASE("A body beyond the bound on bytes in flight is refused as overload, one that fits is not") {
  router_fixture with{router_settings{.max_bytes_in_flight = 1000}};
  const auto first = with.send_and_run(std::string(600, 'x'));
  const auto second = with.send_and_run(std::string(401, 'x'));
  const auto third = with.send_and_run(std::string(400, 'x'));
  CHECK(first->times == 0);
  CHECK(second->failed(errc::overloaded));
  CHECK(third->times == 0);
  CHECK(with.figures().bytes_in_flight == 1000);
}

TEST_CASE("A body beyond the bound on waiting events is refused as overload") {
  router_fixture with{router_settings{.buffer_size = 10}};
  with.send_and_run("{}");
  // Ten events of the length that an event is taken to have, less a little.
  const auto waits = with.send_and_run(std::string(9 * 256, 'x'));
  const auto refused = with.send_and_run("{}");
  CHECK(waits->times == 0);
  CHECK(refused->failed(errc::overloaded));
  CHECK(with.figures().events_waiting == 10);
}

TEST_CASE("What a worker has finished makes room for others") {
  router_fixture with{router_settings{.max_requests_in_flight = 1}};
  const auto first = with.send_and_run("{}");
  CHECK(with.send_and_run("{}")->failed(errc::overloaded));
  with.finish(0);
  CHECK(first->ok());
  CHECK(with.send_and_run("{}")->times == 0);
}

TEST_CASE("One body is admitted when nothing is in flight, however large") {
  router_fixture with{router_settings{.buffer_size = 10, .max_bytes_in_flight = 1000}};
  const auto large = with.send_and_run(std::string(100 * kilobyte, 'x'));
  CHECK(large->times == 0);
  CHECK(with.bundles() == 1);
}

TEST_CASE("Refused events are counted by lines, those of a packed body as one") {
  router_fixture with{router_settings{.max_requests_in_flight = 0}};
  with.send("{}\n{}\n{}\n");
  with.send("{}\n{}");
  with.send("\n\n\n", body_encoding::gzip);
  with.system.run();
  CHECK(with.figures().refused_requests == 3);
  CHECK(with.figures().refused_events == 3 + 2 + 1);
}

TEST_CASE("What a dead worker held is over, and the one in its place gets what waits") {
  router_fixture with;
  const auto lost = with.send_and_run("{}");
  const auto waits = with.send_and_run("{\"message\":\"waits\"}");
  with.kill_worker(0);
  with.logs[0]->bundles.clear();
  with.system.run();
  CHECK(lost->failed(errc::unavailable));
  CHECK(with.figures().requests_in_flight == 1);

  with.add_worker(0);
  with.wire();
  REQUIRE(with.bundles() == 1);
  CHECK(with.logs[0]->bundles[0]->jobs[0]->body == "{\"message\":\"waits\"}");
  CHECK(waits->times == 0);
}

TEST_CASE("A body handed to a worker that has just died is answered as unavailable") {
  router_fixture with;
  const auto lost = with.send("{}");
  // The router is told of the death behind the body.
  caf::anon_send_exit(with.handles.workers[0], caf::exit_reason::kill);
  with.system.run();
  CHECK(lost->failed(errc::unavailable));
  CHECK(with.figures().requests_in_flight == 0);
}

TEST_CASE("A worker that is known to be dead is handed nothing, also when it is wired again") {
  router_fixture with{{}, 2};
  with.kill_worker(0);
  with.wire();
  const auto first = with.send_and_run("{}");
  CHECK(with.bundles(1) == 1);
  with.kill_worker(1);
  const auto waits = with.send_and_run("{}");
  CHECK(waits->times == 0);
  with.add_worker(0);
  with.wire();
  with.finish(1);
  CHECK(with.bundles(0) == 1);
}

TEST_CASE("Wiring the same workers again leaves them what they hold") {
  router_fixture with;
  with.send_and_run("{}");
  with.wire();
  with.send_and_run("{}");
  CHECK(with.bundles() == 1);
  CHECK(with.figures().requests_in_flight == 2);
}

TEST_CASE("Bodies that come before there is a worker wait for one") {
  router_fixture with{{}, 0};
  const auto receipt = with.send_and_run("{}");
  CHECK(receipt->times == 0);
  with.add_worker(0);
  with.wire();
  CHECK(with.bundles() == 1);
}

TEST_CASE("While the router drains it refuses new bodies and does not count them as overload") {
  router_fixture with;
  const auto drained = ask_later<atom::done>(with.system.actors(), with.router, atom::drain_v);
  with.system.run();
  CHECK(with.send_and_run("{}")->failed(errc::unavailable));
  CHECK(with.figures().refused_requests == 0);
}

TEST_CASE("A drain is answered when the last body is, waiting ones included, and not before") {
  router_fixture with;
  with.send_and_run("{}");
  with.send_and_run("{}");
  const auto first = ask_later<atom::done>(with.system.actors(), with.router, atom::drain_v);
  const auto second = ask_later<atom::done>(with.system.actors(), with.router, atom::drain_v);
  with.system.run();
  CHECK(first->open());
  with.finish(0);
  CHECK(first->open());
  with.finish(0);
  CHECK(first->value.has_value());
  CHECK(second->value.has_value());
}

TEST_CASE("A drain of a router that holds nothing is answered at once") {
  router_fixture with;
  CHECK(with.system.ask<atom::done>(with.router, atom::drain_v).has_value());
}

TEST_CASE("A drain does not wait for what a dead worker held") {
  router_fixture with;
  with.send_and_run("{}");
  const auto drained = ask_later<atom::done>(with.system.actors(), with.router, atom::drain_v);
  with.system.run();
  with.kill_worker(0);
  with.logs[0]->bundles.clear();
  with.system.run();
  CHECK(drained->value.has_value());
}

TEST_CASE("A done of a bundle that is over or unknown changes nothing") {
  router_fixture with;
  with.send_and_run("{}");
  with.finish(0);
  with.send_and_run("{}");
  with.system.tell(with.router, atom::done_v, std::uint64_t{1});
  with.system.tell(with.router, atom::done_v, std::uint64_t{7});
  CHECK(with.figures().requests_in_flight == 1);
}

TEST_CASE("A router that dies answers what waits as unavailable") {
  router_fixture with;
  const auto held = with.send_and_run("{}");
  const auto waits = with.send_and_run("{}");
  caf::anon_send_exit(with.router, caf::exit_reason::kill);
  with.system.run();
  CHECK(waits->failed(errc::unavailable));
  CHECK(held->times == 0);
}

}  // namespace
}  // namespace logstream::test
