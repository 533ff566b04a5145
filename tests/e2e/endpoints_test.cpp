// SPDX-License-Identifier: MIT
// What each endpoint of the running server promises when it is used as intended.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace logstream::test;
using nlohmann::json;

namespace {

// Twelve events of two services and three levels at known times.
std::string known_events() {
  std::string out;
  for (int i = 0; i < 12; ++i) {
    const char* const level = i % 3 == 0 ? "ERROR" : i % 3 == 1 ? "warning" : "Info";
    out += json{{"level", level},
                {"service", i % 2 == 0 ? "checkout" : "cart"},
                {"message", "Known event " + std::to_string(i) + ", with a comma"},
                {"timestamp", "2024-05-01T12:" + std::to_string(10 + i) + ":00.5Z"},
                {"metadata", {{"user", {{"id", i}}}, {"ok", true}}},
                {"host", "h" + std::to_string(i % 4)}}
               .dump() +
           "\n";
  }
  return out;
}

struct known_service : service_process {
  known_service() { receipt = post_json("/ingest", known_events()); }

  std::size_t matches(const std::string& parameters) const {
    return get_json("/logs?" + parameters)["count"];
  }

  json receipt;
};

}  // namespace

TEST_CASE("what is ingested is found at once as it was sent") {
  known_service service;
  CHECK(service.receipt["accepted"] == 12);
  CHECK(service.receipt["rejected"] == 0);
  REQUIRE(service.receipt["ids"].size() == 12);
  CHECK(service.receipt["errors"].empty());
  const json page = service.get_json("/logs?order=asc");
  REQUIRE(page["count"] == 12);
  CHECK(page["next_cursor"].is_null());
  const json& first = page["logs"][0];
  CHECK(first["id"] == service.receipt["ids"][0]);
  CHECK(first["timestamp"] == "2024-05-01T12:10:00.500Z");
  CHECK(first["level"] == "ERROR");
  CHECK(first["service"] == "checkout");
  CHECK(first["message"] == "Known event 0, with a comma");
  CHECK(first["metadata"] == json{{"user.id", 0}, {"ok", true}, {"host", "h0"}});
  CHECK(service.get_json("/logs/" + first["id"].get<std::string>()) == first);
}

TEST_CASE("every condition narrows a query") {
  known_service service;
  CHECK(service.matches("level=error") == 4);
  CHECK(service.matches("level=error,WARN") == 8);
  CHECK(service.matches("level=error&level=info") == 8);
  CHECK(service.matches("service=cart") == 6);
  CHECK(service.matches("service=cart,checkout") == 12);
  CHECK(service.matches("service=nobody") == 0);
  CHECK(service.matches("from=2024-05-01T12:15:00Z") == 7);
  CHECK(service.matches("to=2024-05-01T12:15:00Z") == 5);
  CHECK(service.matches("from=1714565700&to=1714566000") == 5);
  CHECK(service.matches("from=15m") == 0);
  CHECK(service.matches("q=known+EVENT+1") == 3);
  CHECK(service.matches("q=known&case=sensitive") == 0);
  CHECK(service.matches("q=Known&case=sensitive") == 12);
  CHECK(service.matches("q=1%2C%20with") == 2);
  CHECK(service.matches("field.user.id=7") == 1);
  CHECK(service.matches("field.host=h1&level=warn") == 1);
  CHECK(service.matches("field.absent=x") == 0);
  CHECK(service.matches("limit=5") == 5);
}

TEST_CASE("orders are by time in both directions, newest first by default") {
  known_service service;
  const json newest = service.get_json("/logs?limit=1");
  CHECK(newest["logs"][0]["timestamp"] == "2024-05-01T12:21:00.500Z");
  CHECK(newest["next_cursor"].is_string());
  CHECK(service.get_json("/logs?limit=1&order=asc")["logs"][0]["timestamp"] == "2024-05-01T12:10:00.500Z");
  CHECK(service.get_json("/logs/recent?limit=3")["logs"] == service.get_json("/logs?limit=3")["logs"]);
}

TEST_CASE("the four formats carry the same events") {
  known_service service;
  const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
  const auto ndjson = service.get("/logs?format=ndjson");
  CHECK(ndjson.header("content-type").starts_with("application/x-ndjson"));
  CHECK(lines(ndjson.body) == 12);
  CHECK(json::parse(ndjson.body.substr(0, ndjson.body.find('\n'))) ==
        service.get_json("/logs?limit=1")["logs"][0]);
  const auto csv = service.get("/logs?format=csv");
  CHECK(csv.header("content-type").starts_with("text/csv"));
  CHECK(lines(csv.body) == 13);
  CHECK(csv.body.find("\"Known event 0, with a comma\"") != std::string::npos);
  const auto text = service.get("/logs?format=text");
  CHECK(text.header("content-type").starts_with("text/plain"));
  CHECK(lines(text.body) == 12);
  CHECK(text.body.find("ERROR checkout Known event 0") != std::string::npos);
  CHECK(service.ask(get_request("/logs", "Accept: application/x-ndjson\r\n")).body == ndjson.body);
  CHECK(service.ask(get_request("/logs/recent", "Accept: text/csv\r\n")).body == csv.body);
}

TEST_CASE("counts are by level, service and minute") {
  known_service service;
  const json by_level = service.get_json("/logs/count?by=level");
  CHECK(by_level["by"] == "level");
  CHECK(by_level["total"] == 12);
  CHECK(by_level["counts"] == json{{"ERROR", 4}, {"WARN", 4}, {"INFO", 4}});
  CHECK(service.get_json("/logs/count?by=service&level=error")["counts"] ==
        json{{"checkout", 2}, {"cart", 2}});
  const json by_minute =
      service.get_json("/logs/count?by=minute&from=2024-05-01T12:10:00Z&to=2024-05-01T12:12:00Z");
  CHECK(by_minute["counts"] == json{{"2024-05-01T12:10:00Z", 1}, {"2024-05-01T12:11:00Z", 1}});
}

TEST_CASE("figures follow what was done") {
  known_service service;
  service.post("/ingest", "[1]");
  REQUIRE(eventually([&] { return service.get_json("/stats")["total_processed"] == 12; }));
  const json stats = service.get_json("/stats");
  CHECK(stats["total_dropped"] == 0);
  CHECK(stats["total_rejected"] == 1);
  CHECK(stats["logs_in_storage"] == 12);
  CHECK(stats["uptime_seconds"] > 0);
  CHECK(stats["levels"]["ERROR"] == 4);
  CHECK(stats["buffer"]["size"] == 10'000);
  for (const char* name : {"avg_throughput", "current_throughput", "bytes", "alerts", "latency_ms", "store"})
    CHECK(stats.contains(name));
  const auto metrics = service.get("/metrics");
  CHECK(metrics.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  CHECK(metrics.body.find("# TYPE logstream_") != std::string::npos);
}

TEST_CASE("simulated events go the way of all events") {
  service_process service;
  const json report = service.post_json("/simulate", "");
  CHECK(report["count"] == 10'000);
  CHECK(report["rejected"] == 0);
  CHECK(report["duration_ms"] > 0);
  CHECK(report["rate"] > 0);
  CHECK(service.get_json("/logs/count?by=level")["total"] == 10'000);
  CHECK(service.post_json("/simulate?count=500&levels=CRITICAL%3D1&seed=4", "")["count"] == 500);
  CHECK(service.post_json("/simulate", R"({"count":10,"levels":{"TRACE":1}})")["count"] == 10);
  const json counts = service.get_json("/logs/count?by=level")["counts"];
  CHECK(counts["CRITICAL"] >= 500);
  CHECK(counts["TRACE"] == 10);
}

TEST_CASE("the service describes itself") {
  service_process service;
  CHECK(service.get_json("/healthz")["status"] == "ok");
  CHECK(service.get_json("/ready")["ready"] == true);
  CHECK(service.get_json("/openapi.json")["openapi"] == "3.1.0");
  const json index = service.get_json("/");
  CHECK(index["service"] == "logstream");
  CHECK(index["endpoints"].size() > 20);
}

TEST_CASE("HEAD answers each GET without a body and OPTIONS every path") {
  service_process service;
  const json routes = service.get_json("/")["endpoints"];
  raw_client client(service.port());
  for (const auto& each : routes) {
    const auto route = each.get<std::string>();
    CAPTURE(route);
    std::string path = route.substr(route.find(' ') + 1);
    if (const std::size_t hole = path.find('{'); hole != std::string::npos)
      path.replace(hole, path.find('}') - hole + 1, "x");
    if (route.starts_with("GET ")) {
      const int wanted = service.get(path).status;
      const auto head = client.ask("HEAD " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
      CHECK(head.status == wanted);
      CHECK((head.header("content-length") != "" || head.header("transfer-encoding") != ""));
    }
    const auto options = client.ask("OPTIONS " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(options.status == 204);
    CHECK(options.header("allow").find(route.substr(0, route.find(' '))) != std::string::npos);
  }
}

TEST_CASE("pages of the origins set may call, and no others") {
  service_process service({"--http.cors_origins", "https://a.example"});
  const auto asked = [&](const std::string& origin) {
    return service.ask(get_request("/stats", "Origin: " + origin + "\r\n"))
        .header("access-control-allow-origin");
  };
  CHECK(asked("https://a.example") == "https://a.example");
  CHECK(asked("https://b.example").empty());
  const auto preflight = service.ask(
      "OPTIONS /ingest HTTP/1.1\r\nHost: x\r\nOrigin: https://a.example\r\nAccess-Control-Request-Method: "
      "POST\r\n\r\n");
  CHECK(preflight.status == 204);
  CHECK(preflight.header("access-control-allow-origin") == "https://a.example");
  CHECK(preflight.header("access-control-allow-methods").find("POST") != std::string::npos);
  const auto failed = service.ask(get_request("/nothing", "Origin: https://a.example\r\n"));
  CHECK(failed.status == 404);
  CHECK(failed.header("access-control-allow-origin") == "https://a.example");
}
