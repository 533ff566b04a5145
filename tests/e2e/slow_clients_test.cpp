// SPDX-License-Identifier: MIT
// Clients that are slow, silent or gone, against the running server.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <vector>

using namespace logstream::test;

TEST_CASE("requests that come byte by byte are answered, and harm nobody else") {
  service_process service;
  std::vector<std::unique_ptr<raw_client>> slow;
  const std::string request =
      post_request("/ingest", R"({"message":"slow"})", "Content-Type: application/json\r\n");
  for (int i = 0; i < 20; ++i) slow.push_back(std::make_unique<raw_client>(service.port()));
  for (const char& c : request) {
    for (const auto& each : slow) REQUIRE(each->send({&c, 1}));
    if (c == '\n')
      CHECK(service.get("/healthz").status == 200);
  }
  for (const auto& each : slow) CHECK(each->receive()->status == 200);
  CHECK(service.get_json("/logs/count")["total"] == 20);
}

TEST_CASE("a client that stops within its header or body is told so in time") {
  service_process service({"--http.idle_timeout", "300ms"});
  for (const char* begun : {"GET /lo", "GET /logs HTTP/1.1\r\nHost: x\r\nAcc",
                            "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{\"mess"}) {
    CAPTURE(begun);
    raw_client client(service.port());
    client.send(begun);
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(client.closes());
  }
}

TEST_CASE("clients that never read cost little memory and are given up") {
  service_process service({"--http.write_timeout", "2s"});
  REQUIRE(service.post("/simulate?count=100000", "").status == 200);
  const std::size_t before = service.resident_bytes();
  constexpr std::size_t clients = 30;
  std::vector<std::unique_ptr<raw_client>> deaf;
  for (std::size_t i = 0; i < clients; ++i) {
    deaf.push_back(std::make_unique<raw_client>(service.port(), 4096));
    deaf.back()->send(get_request("/logs?limit=100000"));
  }
  CHECK(service.get("/logs?limit=10").status == 200);
  // Each answer has some thirty megabytes; what is held for a client is a piece or two.
  CHECK(service.resident_bytes() < before + clients * 3 * 1024 * 1024);
  CHECK(eventually([&] { return service.get_json("/stats")["store"]["running_queries"] == 0; }));
  for (const auto& each : deaf) {
    auto answer = each->receive();
    REQUIRE(answer);
    CHECK_FALSE(answer->complete);
  }
  CHECK(service.get("/healthz").status == 200);
}

TEST_CASE("clients that reset in mid-body leave nothing behind") {
  service_process service;
  const std::string request = post_request("/ingest", numbered_events(0, 2000));
  for (int i = 0; i < 200; ++i) {
    raw_client client(service.port());
    client.send(std::string_view(request).substr(0, request.size() * static_cast<std::size_t>(i % 20) / 20));
    client.reset();
  }
  CHECK(service.get_json("/logs/count")["total"] == 0);
  CHECK(eventually([&] { return service.get_json("/stats")["buffer"]["requests_in_flight"] == 0; }));
  CHECK(service.post_json("/ingest", numbered_events(0, 10))["accepted"] == 10);
}

TEST_CASE("clients that reset while they wait for their answer leave nothing behind") {
  service_process service;
  const std::string request = post_request("/ingest", numbered_events(0, 500));
  for (int i = 0; i < 100; ++i) {
    raw_client client(service.port());
    client.send(request);
    client.reset();
  }
  CHECK(eventually([&] { return service.get_json("/stats")["buffer"]["requests_in_flight"] == 0; }));
  CHECK(service.get_json("/stats")["buffer"]["bytes_in_flight"] == 0);
}
