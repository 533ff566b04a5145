// SPDX-License-Identifier: MIT
// How the running server ends: idle, loaded, and with clients that never finish.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <thread>
#include <vector>

using namespace logstream::test;
using std::chrono::seconds;

namespace {

struct tally {
  std::size_t acknowledged = 0;
  std::size_t refused = 0;
  std::size_t torn = 0;
};

// Posts until the service closes; a request that was not taken at all is no loss.
tally post_until_closed(std::uint16_t port) {
  tally out;
  raw_client client(port);
  const std::string request = post_request("/ingest", numbered_events(0, 20));
  while (client.send(request)) {
    const auto answer = client.receive();
    if (!answer)
      break;
    if (!answer->complete)
      ++out.torn;
    else
      ++(answer->status == 200 ? out.acknowledged : out.refused);
  }
  return out;
}

}  // namespace

TEST_CASE("SIGTERM ends an idle service with status 0") {
  service_process service;
  raw_client idle(service.port());
  CHECK(idle.ask(get_request("/healthz")).status == 200);
  service.terminate();
  CHECK(idle.closes());
  CHECK(service.wait(seconds{20}) == 0);
}

TEST_CASE("SIGTERM under load ends with status 0 and no answer torn") {
  service_process service;
  constexpr int clients = 8;
  std::vector<tally> tallies(clients);
  std::vector<std::thread> threads;
  for (int i = 0; i < clients; ++i)
    threads.emplace_back(
        [&, i] { tallies[static_cast<std::size_t>(i)] = post_until_closed(service.port()); });
  CHECK(eventually([&] { return service.get_json("/stats")["total_processed"] > 10'000; }));
  service.terminate();
  CHECK(service.wait(seconds{20}) == 0);
  for (std::thread& each : threads) each.join();
  for (const tally& each : tallies) {
    CHECK(each.acknowledged > 0);
    CHECK(each.torn == 0);
  }
}

TEST_CASE("a request that had begun to arrive is answered after SIGTERM") {
  service_process service;
  raw_client late(service.port());
  const std::string request = post_request("/ingest", numbered_events(0, 20));
  late.send(request.substr(0, request.size() / 2));
  raw_client idle(service.port());
  CHECK(idle.ask(get_request("/healthz")).status == 200);
  service.terminate();
  CHECK(idle.closes());
  late.send(request.substr(request.size() / 2));
  const auto answer = late.receive();
  REQUIRE(answer);
  CHECK((answer->status == 200 || answer->status == 503));
  CHECK(answer->header("connection") == "close");
  CHECK(service.wait(seconds{20}) == 0);
}

TEST_CASE("a client that never finishes its request delays the end by the grace period only") {
  service_process service({"--shutdown.grace", "1s"});
  raw_client stuck(service.port());
  stuck.send("POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
  CHECK(service.get("/healthz").status == 200);
  service.terminate();
  CHECK(service.wait(seconds{20}) == 0);
}
