// SPDX-License-Identifier: MIT
// Pages and large answers of the running server while events arrive.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace logstream::test;
using nlohmann::json;

TEST_CASE("pages show each event once, in order, while others arrive") {
  service_process service;
  service.post_json("/ingest", numbered_events(0, 2000));
  for (const std::string order : {"asc", "desc"}) {
    CAPTURE(order);
    const std::size_t before = service.get_json("/logs/count")["total"];
    std::set<std::string> seen;
    std::string last;
    std::string cursor;
    std::size_t numbered = 0;
    do {
      const json page =
          service.get_json("/logs?limit=130&order=" + order + (cursor.empty() ? "" : "&cursor=" + cursor));
      for (const json& each : page["logs"]) {
        const auto id = each["id"].get<std::string>();
        CHECK(seen.insert(id).second);
        CHECK((last.empty() || (order == "asc" ? last < id : id < last)));
        last = id;
        numbered += each["service"] == "load" ? 1 : 0;
      }
      cursor = page["next_cursor"].is_null() ? "" : page["next_cursor"].get<std::string>();
      // Newer and older than all that is being read.
      service.post_json("/ingest", numbered_events(0, 20, "meanwhile"));
      service.post_json("/ingest",
                        R"({"service":"meanwhile","message":"old","timestamp":"2001-01-01T00:00:00Z"})");
    } while (!cursor.empty() && seen.size() < before + 1000);
    CHECK(numbered == 2000);
    CHECK(seen.size() >= before);
  }
}

TEST_CASE("a query sees every event acknowledged before it") {
  service_process service;
  raw_client writer(service.port());
  raw_client reader(service.port());
  for (std::uint64_t i = 1; i <= 200; ++i) {
    REQUIRE(writer.ask(post_request("/ingest", numbered_events(i, 1))).status == 200);
    REQUIRE(json::parse(reader.ask(get_request("/logs/count")).body)["total"] == i);
  }
}

TEST_CASE("a large answer is streamed whole") {
  service_process service;
  constexpr int bodies = 10;
  for (int i = 0; i < bodies; ++i)
    service.post_json("/ingest", numbered_events(static_cast<std::uint64_t>(i) * 5000, 5000));
  const auto answer = service.get("/logs?limit=100000&format=ndjson");
  CHECK(answer.header("transfer-encoding") == "chunked");
  CHECK(answer.complete);
  CHECK(std::count(answer.body.begin(), answer.body.end(), '\n') == bodies * 5000);
  CHECK(service.get_json("/logs?limit=100000")["count"] == bodies * 5000);
}
