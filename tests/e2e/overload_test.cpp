// SPDX-License-Identifier: MIT
// What the running server keeps, refuses and forgets when too much comes.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <vector>

using namespace logstream::test;
using nlohmann::json;

TEST_CASE("under overload what is acknowledged is stored, and what is refused is counted") {
  service_process service({"--ingest.max_requests_in_flight", "8", "--max_events", "0"});
  constexpr std::size_t clients = 64;
  constexpr std::size_t rounds = 40;
  constexpr std::size_t events = 200;
  std::vector<std::unique_ptr<raw_client>> all;
  for (std::size_t i = 0; i < clients; ++i) all.push_back(std::make_unique<raw_client>(service.port()));
  const std::string request = post_request("/ingest", numbered_events(0, events));
  std::size_t acknowledged = 0;
  std::size_t refused = 0;
  for (std::size_t round = 0; round < rounds; ++round) {
    for (const auto& each : all) REQUIRE(each->send(request));
    for (const auto& each : all) {
      const auto answer = each->receive();
      REQUIRE(answer);
      REQUIRE(answer->complete);
      if (answer->status == 200) {
        acknowledged += json::parse(answer->body)["accepted"].get<std::size_t>();
      } else {
        REQUIRE(answer->status == 429);
        CHECK(answer->header("retry-after") == "1");
        CHECK(answer->header("content-type") == "application/problem+json");
        ++refused;
      }
    }
  }
  CHECK(refused > 0);
  CHECK(acknowledged > 0);
  CHECK(acknowledged + refused * events == clients * rounds * events);
  CHECK(service.get_json("/logs/count")["total"] == acknowledged);
  REQUIRE(eventually([&] { return service.get_json("/stats")["total_processed"] == acknowledged; }));
  const json stats = service.get_json("/stats");
  CHECK(stats["logs_in_storage"] == acknowledged);
  CHECK(stats["buffer"]["refused_requests"] == refused);
  CHECK(stats["total_dropped"] == stats["buffer"]["refused_events"]);
  CHECK(stats["total_dropped"] >= refused);
}

TEST_CASE("the number of events is bounded, and the oldest go first") {
  service_process service({"--max_events", "1000"});
  for (int i = 0; i < 50; ++i)
    service.post_json("/ingest", numbered_events(static_cast<std::uint64_t>(i) * 100, 100));
  REQUIRE(eventually([&] { return service.get_json("/stats")["logs_in_storage"] <= 1000; }));
  CHECK(service.get_json("/stats")["logs_in_storage"] >= 800);
  const json newest = service.get_json("/logs?limit=1")["logs"][0];
  CHECK(newest["metadata"]["number"] == 4999);
}
