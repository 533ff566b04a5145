// SPDX-License-Identifier: MIT
// The life of alerts: from matches to requests, through rules that change and actors that die.
#include "tests/actors/support/alert_bench.hpp"
#include "tests/actors/support/scheduling.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <string>

namespace logstream {

namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using test::alert_bench;
using test::make_rule;

const json errors{
    {"name", "errors"}, {"level", "ERROR"}, {"threshold", 3}, {"window", 10}, {"severity", "page"}};
const json receiver{{"url", "http://receiver/hook"}, {"id", "main"}, {"secret", "key"}};

}  // namespace

TEST_CASE("an alert that fires is posted at once, and again when it resolves") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 2);
  CHECK(bench.sender->requests.empty());
  bench.log(level::error, 1, "pay", "boom");
  REQUIRE(bench.sender->requests.size() == 1);
  const json fired = bench.sender->body(0);
  CHECK(fired["event"] == "firing");
  CHECK(fired["rule"] == "errors");
  CHECK(fired["severity"] == "page");
  CHECK(fired["count"] == 3);
  CHECK(fired["events"].back()["message"] == "boom");
  CHECK(bench.alerts()["firing"] == 1);
  CHECK(bench.rule("errors")["state"] == "firing");

  bench.system.advance(9s);
  CHECK(bench.sender->requests.size() == 1);
  bench.system.advance(2s);
  REQUIRE(bench.sender->requests.size() == 2);
  CHECK(bench.sender->body(1)["event"] == "resolved");
  CHECK(bench.sender->body(1)["fingerprint"] == fired["fingerprint"]);
  CHECK(bench.alerts()["current"].empty());
  CHECK(bench.alerts()["recent"][0]["state"] == "resolved");
  CHECK(bench.rule("errors")["state"] == "ok");
  CHECK(bench.rule("errors")["fired"] == 1);
}

TEST_CASE("an alert does not fire again within its cool-down, and is posted once") {
  alert_bench bench;
  json rule = errors;
  rule["cooldown"] = "1m";
  bench.configure({rule}, {receiver});
  bench.log(level::error, 3);
  bench.system.advance(15s);
  bench.log(level::error, 3);
  bench.system.advance(15s);
  CHECK(bench.sender->requests.size() == 2);
  bench.system.advance(31s);
  bench.log(level::error, 3);
  CHECK(bench.sender->requests.size() == 3);
}

TEST_CASE("groups fire on their own") {
  alert_bench bench;
  json rule = errors;
  rule["group_by"] = "service";
  bench.configure({rule}, {receiver});
  bench.log(level::error, 2, "a");
  bench.log(level::error, 2, "b");
  CHECK(bench.sender->requests.empty());
  bench.log(level::error, 1, "b");
  REQUIRE(bench.sender->requests.size() == 1);
  CHECK(bench.sender->body(0)["group"] == json{{"service", "b"}});
}

TEST_CASE("an alert goes only to webhooks that want it") {
  alert_bench bench;
  bench.configure({errors}, {{{"url", "http://a"}, {"id", "a"}, {"events", "resolved"}},
                             {{"url", "http://b"}, {"id", "b"}, {"rules", "other"}},
                             {{"url", "http://c"}, {"id", "c"}, {"enabled", false}}});
  bench.log(level::error, 3);
  CHECK(bench.sender->requests.empty());
  bench.system.advance(11s);
  REQUIRE(bench.sender->requests.size() == 1);
  CHECK(bench.sender->requests[0]->url == "http://a");
  CHECK(bench.webhook(2)["state"] == "disabled");
}

TEST_CASE("rules are added, shown, replaced and erased") {
  alert_bench bench;
  CHECK(bench.get(atom::list_v)["count"] == 0);
  CHECK(bench.failure(atom::get_v, std::string{"errors"}) == errc::not_found);
  CHECK(bench.failure(atom::erase_v, std::string{"errors"}) == errc::not_found);
  const json added = bench.get(atom::add_v, make_rule(errors));
  CHECK(added["name"] == "errors");
  CHECK(added["origin"] == "api");
  CHECK(added["level"] == json{"ERROR"});
  CHECK(bench.failure(atom::add_v, make_rule(errors)) == errc::conflict);
  json changed = errors;
  changed["threshold"] = 5;
  CHECK(bench.get(atom::put_v, make_rule(changed))["threshold"] == 5);
  CHECK(bench.get(atom::list_v)["rules"].size() == 1);
  CHECK(bench.get(atom::erase_v, std::string{"errors"})["name"] == "errors");
  CHECK(bench.get(atom::list_v)["count"] == 0);
  CHECK(bench.routes().actors.empty());
}

TEST_CASE("there is a bound on rules and webhooks") {
  alert_bench bench{[](alert_manager_settings& settings) { settings.max_rules = settings.max_webhooks = 1; }};
  bench.get(atom::add_v, make_rule(errors));
  CHECK(bench.failure(atom::add_v, make_rule({{"name", "one more"}})) == errc::conflict);
  CHECK(bench.failure(atom::put_v, make_rule({{"name", "one more"}})) == errc::conflict);
  bench.get(atom::put_v, make_rule(errors));
  bench.get(atom::webhook_v, atom::add_v, test::make_webhook(receiver));
  CHECK(bench.failure(atom::webhook_v, atom::add_v, test::make_webhook({{"url", "http://x"}})) ==
        errc::conflict);
}

TEST_CASE("a rule with another threshold keeps what it counted, one with another condition starts anew") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 2);
  json changed = errors;
  changed["threshold"] = 4;
  bench.get(atom::put_v, make_rule(changed));
  bench.log(level::error, 2);
  CHECK(bench.sender->requests.size() == 1);
  changed["keyword"] = "m";
  bench.get(atom::put_v, make_rule(changed));
  REQUIRE(bench.sender->requests.size() == 2);
  CHECK(bench.sender->body(1)["event"] == "resolved");
  bench.log(level::error, 3);
  CHECK(bench.sender->requests.size() == 2);
}

TEST_CASE("a rule that is disabled matches nothing and its alert resolves") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 3);
  json changed = errors;
  changed["enabled"] = false;
  CHECK(bench.get(atom::put_v, make_rule(changed))["state"] == "disabled");
  REQUIRE(bench.sender->requests.size() == 2);
  CHECK(bench.sender->body(1)["event"] == "resolved");
  CHECK(bench.routes().rules->rules().empty());
}

TEST_CASE("a reload brings the rules of the file and leaves those of the API") {
  alert_bench bench;
  bench.configure({errors, {{"name", "old"}}});
  bench.get(atom::add_v, make_rule({{"name", "mine"}}));
  bench.get(atom::put_v, make_rule({{"name", "old"}, {"threshold", 77}}));
  bench.configure({{{"name", "new"}}, {{"name", "mine"}, {"threshold", 5}}});
  const json rules = bench.get(atom::list_v)["rules"];
  REQUIRE(rules.size() == 3);
  CHECK(rules[0]["name"] == "mine");
  CHECK(rules[0]["origin"] == "api");
  CHECK(rules[0]["threshold"] == 1);
  CHECK(rules[1]["name"] == "new");
  CHECK(rules[1]["origin"] == "configuration");
  CHECK(rules[2]["name"] == "old");
  CHECK(rules[2]["threshold"] == 77);
}

TEST_CASE("a reload that changes nothing keeps what was counted") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 2);
  bench.configure({errors}, {receiver});
  bench.log(level::error, 1);
  CHECK(bench.sender->requests.size() == 1);
}

TEST_CASE("an alert of a rule that the file no longer has resolves") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 3);
  bench.configure({}, {receiver});
  CHECK(bench.sender->requests.size() == 2);
  CHECK(bench.alerts()["firing"] == 0);
}

TEST_CASE("a rule's actor that dies is started again, workers learn of it, and its alert goes on") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 3);
  bench.system.advance(5s);
  const alert_rule_actor before = bench.rule_actor("errors");
  caf::anon_send_exit(before, caf::exit_reason::kill);
  bench.system.run();
  CHECK(bench.rule_actor("errors") != before);
  CHECK(bench.alerts()["firing"] == 1);
  bench.log(level::error, 1);
  CHECK(bench.sender->requests.size() == 1);
  bench.system.advance(12s);
  REQUIRE(bench.sender->requests.size() == 2);
  CHECK(bench.sender->body(1)["event"] == "resolved");
}

TEST_CASE("a rule's actor that dies right after its start is started again only after a pause") {
  alert_bench bench;
  bench.configure({errors});
  caf::anon_send_exit(bench.rule_actor("errors"), caf::exit_reason::kill);
  bench.system.run();
  CHECK(bench.routes().actors.empty());
  bench.system.advance(900ms);
  CHECK(bench.routes().actors.empty());
  bench.system.advance(200ms);
  CHECK(bench.routes().actors.size() == 1);
}

TEST_CASE("a worker that joins later gets the filters, one that died gets no more") {
  alert_bench bench;
  bench.configure({errors});
  const std::size_t seen = bench.worker_log->routes.size();
  bench.system.tell(bench.manager, atom::join_v, bench.worker);
  CHECK(bench.worker_log->routes.size() == seen + 1);
  bench.get(atom::add_v, make_rule({{"name", "x"}}));
  CHECK(bench.worker_log->routes.size() == seen + 2);
  caf::anon_send_exit(bench.worker, caf::exit_reason::kill);
  bench.system.run();
  bench.get(atom::add_v, make_rule({{"name", "y"}}));
  CHECK(bench.worker_log->routes.size() == seen + 2);
}

TEST_CASE("a rule whose windows have drained has no timer, and knows no groups") {
  alert_bench bench;
  bench.configure({errors});
  bench.log(level::error, 1);
  CHECK(test::timers(bench.system) == 1);
  bench.system.advance(3min, 1s);
  CHECK(test::timers(bench.system) == 0);
  CHECK(bench.rule("errors")["matches"] == 1);
  CHECK(bench.rule("errors")["groups"] == 0);
}

TEST_CASE("the figures of alerting add up, also over webhooks that are gone") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 3);
  bench.system.advance(11s);
  bench.sender->outcomes.push_back({404, "", std::nullopt, {}});
  bench.log(level::error, 3);
  CHECK(bench.get(atom::webhook_v, atom::erase_v, std::string{"main"})["id"] == "main");
  const auto figures = bench.system.ask<alert_figures>(bench.manager, atom::stats_v);
  REQUIRE(figures);
  CHECK(figures->rules == 1);
  CHECK(figures->firing == 1);
  CHECK(figures->fired == 2);
  CHECK(figures->resolved == 1);
  CHECK(figures->deliveries == 2);
  CHECK(figures->delivery_failures == 1);
  CHECK(figures->deliveries_dropped == 0);
}

TEST_CASE("resolved alerts are kept up to a bound") {
  alert_bench bench{[](alert_manager_settings& settings) { settings.recent_alerts = 2; }};
  bench.configure({{{"name", "each"}, {"group_by", "service"}, {"window", 1}}});
  for (const char* service : {"a", "b", "c"}) {
    bench.log(level::info, 1, service);
    bench.system.advance(3s);
  }
  const json recent = bench.alerts()["recent"];
  REQUIRE(recent.size() == 2);
  CHECK(recent[0]["group"]["service"] == "c");
  CHECK(recent[1]["group"]["service"] == "b");
}

TEST_CASE("when the manager dies everything that it started ends") {
  alert_bench bench;
  bench.configure({errors}, {receiver});
  bench.log(level::error, 3);
  const std::size_t before = bench.system.actors().registry().running();
  caf::anon_send_exit(bench.manager, caf::exit_reason::kill);
  bench.system.run();
  // Manager, rule, notifier; worker and sender are the test's.
  CHECK(bench.system.actors().registry().running() == before - 3);
}

}  // namespace logstream
