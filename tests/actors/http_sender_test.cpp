// SPDX-License-Identifier: MIT
// The real sender against real sockets.
#include "actors/http_sender.hpp"

#include "actors/alert_manager.hpp"
#include "tests/actors/support/alert_bench.hpp"
#include "tests/actors/support/http_receiver.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <utility>

namespace logstream {

namespace {

using namespace std::chrono_literals;
using test::http_receiver;
using test::reply;

// An actor system with a sender, whose end the test is about as much as anything else.
class sender_bench {
 public:
  sender_bench() : sender(spawn_http_sender(system, self->address())) {}
  ~sender_bench() { self->send_exit(sender, caf::exit_reason::user_shutdown); }

  auto ask(const std::string& url, std::string body = "{}", std::chrono::milliseconds timeout = 10s) {
    auto request = std::make_shared<http_request>();
    request->url = url;
    request->headers = {{"Content-Type", "application/json"}, {"X-Empty", ""}};
    request->body = std::move(body);
    request->timeout = timeout;
    return self->request(sender, 20s, http_request_ptr{std::move(request)});
  }
  template <class Pending>
  http_outcome outcome(Pending&& of) {
    http_outcome made;
    of.receive([&](const http_outcome_ptr& got) { made = *got; },
               [&](const caf::error&) { made.failure = "the sender did not answer"; });
    return made;
  }

  caf::actor_system_config config;
  caf::actor_system system{config};
  caf::scoped_actor self{system};
  http_sender_actor sender;
};

}  // namespace

TEST_CASE("a request arrives as it was made, and its status comes back") {
  http_receiver receiver{{reply(202)}};
  sender_bench bench;
  const std::string body(300'000, 'x');
  const http_outcome outcome = bench.outcome(bench.ask(receiver.url(), body));
  CHECK(outcome.failure.empty());
  CHECK(outcome.status == 202);
  const auto requests = receiver.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].rfind("POST /hook HTTP/1.1\r\n", 0) == 0);
  CHECK(requests[0].find("\r\nContent-Type: application/json\r\n") != std::string::npos);
  CHECK(requests[0].find("\r\nX-Empty:") != std::string::npos);
  CHECK(requests[0].find("Expect:") == std::string::npos);
  CHECK(requests[0].substr(requests[0].find("\r\n\r\n") + 4) == body);
}

TEST_CASE("a connection is used again for the next request") {
  http_receiver receiver{{reply(200), reply(200), reply(200)}};
  sender_bench bench;
  for (int i = 0; i < 3; ++i) CHECK(bench.outcome(bench.ask(receiver.url())).status == 200);
  CHECK(receiver.requests().size() == 3);
  CHECK(receiver.connections() == 1);
}

TEST_CASE("an overloaded receiver's wish for time comes back, a redirect is not followed") {
  http_receiver receiver{{reply(429, "Retry-After: 7\r\n"), reply(302, "Location: http://127.0.0.1:1/\r\n")}};
  sender_bench bench;
  const http_outcome busy = bench.outcome(bench.ask(receiver.url()));
  CHECK(busy.status == 429);
  CHECK(busy.retry_after == 7s);
  CHECK(bench.outcome(bench.ask(receiver.url())).status == 302);
}

TEST_CASE("a port at which nobody listens is a failure with a reason") {
  sender_bench bench;
  const http_outcome outcome = bench.outcome(bench.ask(test::dead_url()));
  CHECK(outcome.status == 0);
  CHECK(outcome.failure.find("onnect") != std::string::npos);
}

TEST_CASE("a receiver that does not answer costs its own request the time-out, and others nothing") {
  http_receiver slow{{{""}}};
  http_receiver quick{{reply(200)}};
  sender_bench bench;
  auto waiting = bench.ask(slow.url(), "{}", 500ms);
  CHECK(bench.outcome(bench.ask(quick.url())).status == 200);
  const http_outcome outcome = bench.outcome(waiting);
  CHECK(outcome.status == 0);
  CHECK(outcome.duration >= 450ms);
  CHECK(!outcome.failure.empty());
}

TEST_CASE("a URL that is none, or of another protocol, is a failure") {
  sender_bench bench;
  CHECK(bench.outcome(bench.ask("file:///etc/hostname")).status == 0);
  CHECK(!bench.outcome(bench.ask("http://[nonsense")).failure.empty());
}

TEST_CASE("a sender told to end does so while a request is under way, and answers it") {
  http_receiver slow{{{""}}};
  sender_bench bench;
  auto waiting = bench.ask(slow.url(), "{}", 19s);
  const auto started = std::chrono::steady_clock::now();
  bench.self->send_exit(bench.sender, caf::exit_reason::user_shutdown);
  CHECK(bench.outcome(waiting).status == 0);
  CHECK(std::chrono::steady_clock::now() - started < 10s);
}

TEST_CASE("a sender ends when its owner does, so that the system can") {
  caf::actor_system_config config;
  caf::actor_system system{config};
  // Without arguments CAF would follow a null pointer.
  auto owner = system.spawn([](caf::event_based_actor*, bool) { return caf::behavior{[](int) {}}; }, true);
  const http_sender_actor sender = spawn_http_sender(system, owner.address());
  caf::scoped_actor self{system};
  self->monitor(sender);
  caf::anon_send_exit(owner, caf::exit_reason::kill);
  bool ended = false;
  self->receive([&](const caf::down_msg&) { ended = true; }, caf::after(10s) >> [] {});
  CHECK(ended);
}

TEST_CASE("an alert reaches a receiver that fails at first") {
  http_receiver receiver{{reply(500), reply(200)}};
  caf::actor_system_config config;
  caf::actor_system system{config};
  alert_manager_settings settings;
  settings.delivery.retry.first_pause = 10ms;
  const alert_manager_actor manager = spawn_alert_manager(system, settings);
  const auto told = std::make_shared<std::promise<alert_routes_ptr>>();
  auto routes = told->get_future();
  const worker_actor worker = system.spawn(
      [](worker_actor::pointer,
         const std::shared_ptr<std::promise<alert_routes_ptr>>& to) -> worker_actor::behavior_type {
        return {[](const ingest_bundle_ptr&) {}, [to](const alert_routes_ptr& now) { to->set_value(now); },
                [](atom::wire, const service_handles_ptr&) {}};
      },
      told);
  auto configuration = std::make_shared<alert_configuration>();
  configuration->rules.push_back(test::make_rule({{"name", "any"}}));
  configuration->webhooks.push_back(test::make_webhook({{"url", receiver.url()}, {"secret", "key"}}));
  caf::anon_send(manager, atom::reload_v, alert_configuration_ptr{std::move(configuration)});
  caf::anon_send(manager, atom::join_v, worker);
  REQUIRE(routes.wait_for(20s) == std::future_status::ready);
  test::send_matches(*routes.get(), test::make_rows(system_clock{}.now(), level::error, 1, "api", "m"));

  const auto requests = receiver.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0] == requests[1]);
  CHECK(requests[0].find("\r\nX-LogStream-Signature: sha256=") != std::string::npos);
  CHECK(nlohmann::json::parse(requests[0].substr(requests[0].find("\r\n\r\n")))["rule"] == "any");
  caf::anon_send_exit(worker, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(manager, caf::exit_reason::user_shutdown);
}

}  // namespace logstream
