// SPDX-License-Identifier: MIT
// Deliveries: in order, signed, tried again, bounded.
#include "actors/notifier.hpp"

#include "actors/webhook_request.hpp"
#include "tests/actors/support/alert_bench.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <set>
#include <string>

namespace logstream {

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::alert_bench;

// Fires for each event of a service of its own.
const json each_service{{"name", "each"}, {"group_by", "service"}, {"window", "1h"}};
const json receiver{{"url", "http://receiver/hook"}, {"id", "main"}, {"secret", "key"}, {"max_attempts", 3}};

http_outcome status(std::uint32_t code) {
  return {code, "", std::nullopt, {}};
}

}  // namespace

TEST_CASE("a request names itself, its event and its key, and is signed with the secret") {
  alert_bench bench;
  json hook = receiver;
  hook["headers"] = {{"X-Team", "payments"}};
  bench.configure({each_service}, {hook});
  bench.log(level::info, 1);
  REQUIRE(bench.sender->requests.size() == 1);
  CHECK(bench.sender->header(0, "Content-Type") == "application/json");
  CHECK(bench.sender->header(0, "User-Agent").rfind("LogStream/", 0) == 0);
  CHECK(bench.sender->header(0, "X-LogStream-Event") == "firing");
  CHECK(bench.sender->header(0, "X-Team") == "payments");
  CHECK(bench.sender->header(0, "X-LogStream-Signature") ==
        "sha256=" + sign("key", bench.sender->requests[0]->body));
}

TEST_CASE("all attempts at one delivery have the same body and key, others have another key") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {status(503), status(200)};
  bench.log(level::info, 1, "a");
  bench.system.advance(1s);
  bench.log(level::info, 1, "b");
  REQUIRE(bench.sender->requests.size() == 3);
  CHECK(bench.sender->requests[0]->body == bench.sender->requests[1]->body);
  CHECK(bench.sender->header(0, "Idempotency-Key") == bench.sender->header(1, "Idempotency-Key"));
  CHECK(bench.sender->header(0, "Idempotency-Key") != bench.sender->header(2, "Idempotency-Key"));
}

TEST_CASE("a failed attempt is tried again after a pause that doubles, and given up at last") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {status(500), {0, "connection refused", std::nullopt, {}}, status(502)};
  bench.log(level::info, 1);
  CHECK(bench.webhook()["state"] == "failing");
  const auto time_until = [&](std::size_t requests) {
    std::chrono::milliseconds waited{0};
    for (; bench.sender->requests.size() < requests && waited < 1min; waited += 10ms)
      bench.system.advance(10ms, 10ms);
    return waited;
  };
  const auto first = time_until(2);
  CHECK((first >= 250ms && first <= 510ms));
  const auto second = time_until(3);
  CHECK((second >= 500ms && second <= 1010ms));
  bench.system.advance(1min);
  CHECK(bench.sender->requests.size() == 3);
  const json hook = bench.webhook();
  CHECK(hook["failed"] == 1);
  CHECK(hook["queued"] == 0);
  REQUIRE(hook["deliveries"].size() == 1);
  CHECK(hook["deliveries"][0]["attempts"] == 3);
  CHECK(hook["deliveries"][0]["status"] == 502);
  CHECK(hook["deliveries"][0]["error"] == "status 502");
}

TEST_CASE("a receiver that asks for time gets it") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {{429, "", 30s, {}}};
  bench.log(level::info, 1);
  bench.system.advance(29s);
  CHECK(bench.sender->requests.size() == 1);
  bench.system.advance(2s);
  CHECK(bench.sender->requests.size() == 2);
  CHECK(bench.webhook()["state"] == "ok");
}

TEST_CASE("a delivery that is refused is not tried again, and the next one is not delayed") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {status(400)};
  bench.log(level::info, 1, "a");
  bench.log(level::info, 1, "b");
  CHECK(bench.sender->requests.size() == 2);
  CHECK(bench.webhook()["failed"] == 1);
  CHECK(bench.webhook()["delivered"] == 1);
}

TEST_CASE("a receiver that is gone for good gets nothing any more") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {status(410)};
  bench.log(level::info, 1, "a");
  bench.log(level::info, 1, "b");
  CHECK(bench.sender->requests.size() == 1);
  CHECK(bench.webhook()["state"] == "disabled");
}

TEST_CASE("what waits for a receiver is delivered in order, and the oldest is dropped when too much waits") {
  alert_bench bench{[](alert_manager_settings& settings) { settings.delivery.queue = 2; }};
  bench.configure({each_service}, {receiver});
  bench.sender->outcomes = {status(503)};
  for (const char* service : {"a", "b", "c", "d"}) bench.log(level::info, 1, service);
  CHECK(bench.webhook()["dropped"] == 2);
  CHECK(bench.webhook()["queued"] == 2);
  bench.system.advance(1s);
  REQUIRE(bench.sender->requests.size() == 3);
  CHECK(bench.sender->body(1)["group"]["service"] == "c");
  CHECK(bench.sender->body(2)["group"]["service"] == "d");
}

TEST_CASE("the log shows the newest deliveries first, up to a bound, and no secret") {
  alert_bench bench{[](alert_manager_settings& settings) { settings.delivery.log = 2; }};
  bench.configure({each_service, {{"name", "other"}, {"service", "c"}}}, {receiver});
  for (const char* service : {"a", "b", "c"}) bench.log(level::info, 1, service);
  const json hook = bench.webhook();
  REQUIRE(hook["deliveries"].size() == 2);
  CHECK(hook["deliveries"][0]["rule"] == "other");
  CHECK(hook["deliveries"][0]["event"] == "firing");
  CHECK(hook["deliveries"][1]["rule"] == "each");
  CHECK(hook["signed"] == true);
  CHECK(!hook.contains("secret"));
}

TEST_CASE("a test says what became of it, whatever the state of the webhook") {
  alert_bench bench;
  json hook = receiver;
  hook["enabled"] = false;
  bench.configure({}, {hook});
  const json good = bench.get(atom::webhook_v, atom::test_v, std::string{"main"});
  CHECK(good == json{{"delivered", true}, {"status", 200}, {"latency_ms", 1.5}, {"error", ""}});
  CHECK(bench.sender->body(0)["event"] == "test");
  bench.sender->outcomes = {{0, "no such host", std::nullopt, {}}};
  const json bad = bench.get(atom::webhook_v, atom::test_v, std::string{"main"});
  CHECK(bad["delivered"] == false);
  CHECK(bad["error"] == "no such host");
  CHECK(bench.webhook()["deliveries"].size() == 2);
  CHECK(bench.failure(atom::webhook_v, atom::test_v, std::string{"other"}) == errc::not_found);
}

TEST_CASE("webhooks of the API stay on reload, those that the file no longer has go") {
  alert_bench bench;
  bench.configure({}, {receiver});
  bench.get(atom::webhook_v, atom::add_v, test::make_webhook({{"url", "http://b"}, {"id", "b"}}));
  CHECK(bench.failure(atom::webhook_v, atom::add_v, test::make_webhook(receiver)) == errc::conflict);
  bench.configure({}, {});
  const json hooks = bench.get(atom::webhook_v, atom::list_v);
  CHECK(hooks["count"] == 1);
  CHECK(hooks["webhooks"][0]["id"] == "b");
  CHECK(bench.failure(atom::webhook_v, atom::erase_v, std::string{"main"}) == errc::not_found);
}

TEST_CASE("a sender that dies is started again and everybody uses the new one") {
  alert_bench bench;
  bench.configure({each_service}, {receiver});
  bench.system.advance(2s);
  caf::anon_send_exit(bench.sender->actor, caf::exit_reason::kill);
  bench.system.run();
  CHECK(bench.sender->started == 2);
  bench.log(level::info, 1);
  CHECK(bench.sender->requests.size() == 1);
  CHECK(bench.webhook()["delivered"] == 1);
}

TEST_CASE("no sender is started while there are no webhooks") {
  alert_bench bench;
  bench.configure({each_service});
  bench.log(level::info, 1);
  CHECK(bench.sender->started == 0);
}

}  // namespace logstream
