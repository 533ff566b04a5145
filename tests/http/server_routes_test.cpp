// SPDX-License-Identifier: MIT
// Each route of the server in front of a service that answers what the test says.
#include "tests/http/support/running_server.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <future>
#include <memory>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;
using nlohmann::json;
using std::chrono::milliseconds;

namespace {

// A server whose store streams `pieces` to every query and tells how that ended.
struct streaming_server {
  explicit streaming_server(std::vector<std::string> pieces, http::settings with = quick())
      : running(duties(std::move(pieces)), std::move(with)) {}

  fake_duties duties(std::vector<std::string> pieces) {
    fake_duties out;
    out.query = [this, pieces = std::move(pieces)](const log_request_ptr& request) {
      running.actors.stream(request, pieces, [this](bool taken) { ended.set_value(taken); });
    };
    return out;
  }

  std::promise<bool> ended;
  running_server running;
};

json problem_of(const http_answer& answer) {
  CHECK(answer.header("content-type") == "application/problem+json");
  return json::parse(answer.body);
}

}  // namespace

TEST_CASE("a query reaches the store with its parameters") {
  std::promise<log_query> arrived;
  fake_duties duties;
  duties.query = [&](const log_request_ptr& request) {
    arrived.set_value(request->query);
    request->sink->write("a,b\r\n", true, log_reader_actor{});
  };
  running_server running(std::move(duties));
  const auto answer = running.get("/logs?level=error&q=a+b%21&limit=7&format=csv");
  CHECK(answer.status == 200);
  CHECK(answer.header("content-type").starts_with("text/csv"));
  CHECK(answer.header("content-length") == "5");
  const log_query query = arrived.get_future().get();
  CHECK(query.filter.contains == "a b!");
  CHECK(query.limit == 7);
}

TEST_CASE("an answer of many pieces arrives whole and the connection is kept") {
  streaming_server served({"one,", "two,", "", "three"});
  raw_client client(served.running.port);
  const auto answer = client.ask("GET /logs HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(answer.header("transfer-encoding") == "chunked");
  CHECK(answer.complete);
  CHECK(answer.body == "one,two,three");
  CHECK(served.ended.get_future().get());
  CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
}

TEST_CASE("HTTP/1.0 gets a long answer without chunks") {
  streaming_server served({"one,", "two"});
  const auto answer = served.running.ask("GET /logs HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  CHECK(answer.header("transfer-encoding").empty());
  CHECK(answer.header("connection") == "close");
  CHECK(answer.body == "one,two");
}

TEST_CASE("HEAD of a long answer has no body and stops the reader") {
  streaming_server served({"one,", "two"});
  raw_client client(served.running.port);
  CHECK(client.ask("HEAD /logs HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
  CHECK_FALSE(served.ended.get_future().get());
  CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
}

TEST_CASE("an answer that breaks off is seen to be incomplete") {
  fake_duties duties;
  fake_service* actors = nullptr;
  duties.query = [&](const log_request_ptr& request) {
    struct breaking {
      static void run(const log_request_ptr& of) { of->sink->write("one,", false, log_reader_actor{}); }
    };
    breaking::run(request);
    request->sink->fail(make_error(errc::timeout, "too long"));
  };
  running_server running(std::move(duties));
  actors = &running.actors;
  REQUIRE(actors != nullptr);
  const auto answer = running.get("/logs");
  CHECK(answer.status == 200);
  CHECK_FALSE(answer.complete);
}

TEST_CASE("a client that does not read holds one piece, and is given up in time") {
  auto with = quick();
  with.write_timeout = milliseconds{200};
  streaming_server served(std::vector<std::string>(1000, std::string(128 * 1024, 'x')), with);
  raw_client client(served.running.port, 4096);
  client.send("GET /logs HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_FALSE(served.ended.get_future().get());
}

TEST_CASE("a client that goes away stops the reader") {
  streaming_server served(std::vector<std::string>(100'000, std::string(1024, 'x')));
  raw_client client(served.running.port, 4096);
  client.send("GET /logs HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK_FALSE(client.receive_some().empty());
  client.reset();
  CHECK_FALSE(served.ended.get_future().get());
}

TEST_CASE("one event is found by its id or not") {
  fake_duties duties;
  const event_id known{7, {0, 1}, 9};
  duties.one_log = [known](const event_id& id, const text_answer_ptr& to) {
    if (id == known)
      to->deliver(std::string("{}"));
    else
      to->deliver(make_error(errc::not_found, "no such event"));
  };
  running_server running(std::move(duties));
  CHECK(running.get("/logs/" + to_string(known)).body == "{}");
  CHECK(running.get("/logs/" + to_string(event_id{8, {0, 1}, 9})).status == 404);
  CHECK(running.get("/logs/nonsense").status == 400);
}

TEST_CASE("counts keep the order they come in") {
  fake_duties duties;
  duties.count = [](const count_request& request, const count_answer_ptr& to) {
    CHECK(request.by == count_by::service);
    to->deliver(count_table{{{"zebra", 3}, {"ant \"x\"", 4}}});
  };
  running_server running(std::move(duties));
  CHECK(running.get("/logs/count?by=service").body ==
        R"({"by":"service","counts":{"zebra":3,"ant \"x\"":4},"total":7})");
}

TEST_CASE("figures have the names that clients know") {
  fake_duties duties;
  duties.stats = [](const figures_answer_ptr& to) {
    auto figures = std::make_shared<service_figures>();
    figures->ingest.accepted = 5;
    figures->dropped = 2;
    figures->store.events = 4;
    figures->store.segments = 6;
    figures->store.disk_bytes = 7;
    figures->average_throughput = 1.5;
    to->deliver(service_figures_ptr(figures));
  };
  duties.metrics = [](const text_answer_ptr& to) { to->deliver(std::string("a 1\n")); };
  running_server running(std::move(duties));
  const json stats = json::parse(running.get("/stats").body);
  CHECK(stats["total_processed"] == 5);
  CHECK(stats["total_dropped"] == 2);
  CHECK(stats["logs_in_storage"] == 4);
  CHECK(stats["avg_throughput"] == 1.5);
  CHECK(stats["store"]["segments"] == 6);
  CHECK(stats["store"]["disk_bytes"] == 7);
  CHECK(stats.contains("uptime_seconds"));
  const auto metrics = running.get("/metrics");
  CHECK(metrics.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(metrics.body == "a 1\n");
}

TEST_CASE("a simulation reports count, duration and rate") {
  fake_duties duties;
  duties.simulate = [](const simulate_request& wanted, const simulate_answer_ptr& to) {
    to->deliver(simulate_report{wanted.events.count, 0, 0.5});
  };
  running_server running(std::move(duties));
  const json report = json::parse(running.ask(post("/simulate?count=100", "")).body);
  CHECK(report["count"] == 100);
  CHECK(report["duration_ms"] == 500);
  CHECK(report["rate"] == 200);
  CHECK(running.ask(post("/simulate", "", "Content-Type: text/html\r\n")).status == 415);
}

TEST_CASE("readiness is the root's word") {
  fake_duties duties;
  auto ready = std::make_shared<readiness>(readiness{false, "shard 3 starts", {}});
  duties.ready = [ready](const readiness_answer_ptr& to) { to->deliver(*ready); };
  running_server running(std::move(duties));
  const auto refused = running.get("/ready");
  CHECK(refused.status == 503);
  CHECK(problem_of(refused)["detail"] == "shard 3 starts");
}

TEST_CASE("a service with damaged files in quarantine is ready and says that it is degraded") {
  fake_duties duties;
  duties.ready = [](const readiness_answer_ptr& to) {
    to->deliver(readiness{true, {}, "2 damaged files were put aside in quarantine/"});
  };
  running_server running(std::move(duties));
  const auto answer = running.get("/ready");
  CHECK(answer.status == 200);
  CHECK(json::parse(answer.body) == json{{"ready", true},
                                         {"degraded", true},
                                         {"reason", "2 damaged files were put aside in quarantine/"}});
}

TEST_CASE("snapshots are made under a name or none, listed and removed") {
  fake_duties duties;
  std::vector<std::string> asked;
  duties.snapshots = [&](const std::string& word, const std::string& name, const json_answer_ptr& to) {
    asked.push_back(word + " " + name);
    if (name == "gone")
      to->deliver(make_error(errc::not_found, "no such snapshot"));
    else if (name == "taken")
      to->deliver(make_error(errc::conflict, "there is one"));
    else
      to->deliver(json{{"name", name.empty() ? "now" : name}});
  };
  running_server running(std::move(duties));
  const auto made = running.ask(post("/snapshots", R"({"name":"one"})"));
  CHECK(made.status == 201);
  CHECK(made.header("location") == "/snapshots/one");
  CHECK(running.ask(post("/snapshots", "")).status == 201);
  CHECK(running.ask(post("/snapshots", "{}")).status == 201);
  CHECK(running.ask(post("/snapshots", R"({"name":"taken"})")).status == 409);
  for (const char* bad : {"[]", R"({"name":7})", R"({"nam":"one"})", R"({"name":"one","more":1})", "{"})
    CHECK(running.ask(post("/snapshots", bad)).status == 400);
  CHECK(running.get("/snapshots").status == 200);
  CHECK(running.ask("DELETE /snapshots/one HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  CHECK(running.ask("DELETE /snapshots/gone HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
  CHECK(asked ==
        std::vector<std::string>{"add one", "add ", "add ", "add taken", "list ", "erase one", "erase gone"});
}

TEST_CASE("rules are made, replaced, shown and removed") {
  fake_duties duties;
  std::vector<std::string> asked;
  duties.alerts = [&](const std::string& word, const std::string& name, const json_answer_ptr& to) {
    asked.push_back(word + " " + name);
    if (name == "gone")
      to->deliver(make_error(errc::not_found, "no such rule"));
    else if (name == "taken" && word == "add")
      to->deliver(make_error(errc::conflict, "there is one"));
    else
      to->deliver(json{{"name", name}});
  };
  running_server running(std::move(duties));
  const auto made = running.ask(post("/rules", R"({"name":"a b","threshold":3})"));
  CHECK(made.status == 201);
  CHECK(made.header("location") == "/rules/a%20b");
  CHECK(running.ask(post("/rules", R"({"name":"taken"})")).status == 409);
  CHECK(running.get("/rules").status == 200);
  CHECK(json::parse(running.get("/rules/x%2Fy").body)["name"] == "x/y");
  CHECK(running.get("/rules/gone").status == 404);
  const auto put = [](const std::string& name, const std::string& body) {
    return "PUT /rules/" + name + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
  };
  CHECK(running.ask(put("x", R"({"threshold":2})")).status == 200);
  CHECK(running.ask(put("x", R"({"name":"y"})")).status == 400);
  CHECK(running.ask("DELETE /rules/x HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  CHECK(running.ask("DELETE /rules/gone HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
  running.server.stop(milliseconds{1000});
  CHECK(asked.front() == "add a b");
  CHECK(asked.back() == "erase gone");
}

TEST_CASE("webhooks are made, tried and removed") {
  fake_duties duties;
  duties.alerts = [](const std::string& word, const std::string&, const json_answer_ptr& to) {
    to->deliver(json{{"id", "ops 1"}, {"word", word}});
  };
  running_server running(std::move(duties));
  const auto made = running.ask(post("/webhooks", R"({"url":"http://127.0.0.1:9/x"})"));
  CHECK(made.status == 201);
  CHECK(made.header("location") == "/webhooks/ops%201");
  CHECK(json::parse(running.get("/webhooks").body)["word"] == "webhook list");
  CHECK(json::parse(running.ask(post("/webhooks/x/test", "")).body)["word"] == "webhook test");
  CHECK(running.ask("DELETE /webhooks/x HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  CHECK(json::parse(running.get("/alerts").body)["word"] == "alerts");
}

TEST_CASE("documents that are none are refused") {
  running_server running;
  CHECK(problem_of(running.ask(post("/rules", "{")))["detail"] == "the body is not JSON");
  CHECK(running.ask(post("/rules", "")).status == 400);
  CHECK(running.ask(post("/rules", "[]")).status == 400);
  CHECK(running.ask(post("/rules", R"({"threshold":1})")).status == 400);
  CHECK(running.ask(post("/rules", "{}", "Content-Type: text/plain\r\n")).status == 415);
  CHECK(running.ask(post("/rules", "{}", "Content-Encoding: gzip\r\n")).status == 415);
  CHECK(running.ask(post("/rules", std::string(1024 * 1024 + 1, ' '))).status == 413);
  CHECK(running.ask(post("/webhooks", R"({"url":"ftp://x"})")).status == 400);
}
