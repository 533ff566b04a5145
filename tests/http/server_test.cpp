// SPDX-License-Identifier: MIT
// The server as a client sees it: keep-alive, streaming, stopping.
#include "tests/http/support/running_server.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <future>

using namespace logstream;
using namespace logstream::test;
using nlohmann::json;
using std::chrono::milliseconds;

TEST_CASE("a body reaches the router as it was sent, and the receipt comes back") {
  std::promise<std::pair<std::string, body_encoding>> arrived;
  fake_duties duties;
  duties.ingest = [&](const ingest_job_ptr& job) {
    arrived.set_value({std::string(job->body), job->encoding});
    ingest_receipt receipt;
    receipt.accepted = 1;
    receipt.ids = {{5, {0, 1}, 7}};
    job->reply->deliver(std::move(receipt));
  };
  running_server running(std::move(duties));
  const auto answer = running.ask(post("/ingest", "{\"a\":1}", "Content-Encoding: gzip\r\n"));
  CHECK(answer.status == 200);
  CHECK(answer.header("content-type") == "application/json");
  CHECK(json::parse(answer.body)["ids"][0] == to_string(event_id{5, {0, 1}, 7}));
  CHECK(arrived.get_future().get() ==
        std::pair<std::string, body_encoding>{"{\"a\":1}", body_encoding::gzip});
}

TEST_CASE("each failure of the router has its status") {
  const std::pair<errc, int> table[] = {
      {errc::invalid, 400},  {errc::too_large, 413},   {errc::unsupported, 415}, {errc::overloaded, 429},
      {errc::internal, 500}, {errc::unavailable, 503}, {errc::timeout, 504},     {errc::disk_full, 507}};
  for (const auto& [code, status] : table) {
    fake_duties duties;
    duties.ingest = [code = code](const ingest_job_ptr& job) {
      job->reply->deliver(make_error(code, "so it is"));
    };
    running_server running(std::move(duties));
    const auto answer = running.ask(post("/ingest", "{}"));
    CHECK(answer.status == status);
    CHECK(answer.header("content-type") == "application/problem+json");
    CHECK(json::parse(answer.body)["detail"] == "so it is");
    CHECK(answer.header("retry-after") == (status == 429 || status == 503 ? "1" : ""));
  }
}

TEST_CASE("a request whose actor dropped it is answered") {
  running_server running(fake_duties{});
  CHECK(running.ask(post("/ingest", "{}")).status == 503);
  CHECK(running.get("/logs").status == 503);
  CHECK(running.get("/stats").status == 503);
  CHECK(running.get("/ready").status == 503);
}

TEST_CASE("many requests in one packet are answered in their order") {
  running_server running;
  raw_client client(running.port);
  client.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n" +
              post("/ingest", "{}") + "GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
  for (const int status : {200, 404, 200, 404}) {
    const auto answer = client.receive();
    REQUIRE(answer);
    CHECK(answer->status == status);
  }
}

TEST_CASE("requests that come byte by byte are answered") {
  running_server running;
  raw_client client(running.port);
  REQUIRE(client.send_bytewise(post("/ingest", "{\"a\":1}")));
  CHECK(client.receive()->status == 200);
}

TEST_CASE("a chunked body is one body") {
  running_server running;
  const auto answer = running.ask(
      "POST /ingest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
      "chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n");
  CHECK(answer.status == 200);
}

TEST_CASE("HEAD is GET without a body") {
  running_server running;
  raw_client client(running.port);
  const auto whole = client.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const auto head = client.ask("HEAD /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(head.status == 200);
  CHECK(head.header("content-length") == std::to_string(whole.body.size()));
  CHECK(client.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").body == whole.body);
}

TEST_CASE("HTTP/1.0 closes unless asked to keep, and needs no Host") {
  running_server running;
  raw_client closing(running.port);
  CHECK(closing.ask("GET /healthz HTTP/1.0\r\n\r\n").header("connection") == "close");
  CHECK(closing.closes());
  raw_client keeping(running.port);
  CHECK(keeping.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").header("connection") ==
        "keep-alive");
  CHECK(keeping.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").status == 200);
}

TEST_CASE("other versions of HTTP are refused") {
  running_server running;
  CHECK(running.ask("GET /healthz HTTP/3.0\r\nHost: x\r\n\r\n").status == 505);
  CHECK(running.ask("GET /healthz\r\n\r\n").status == 400);
}

TEST_CASE("an absolute target is as good as a path") {
  running_server running;
  CHECK(running.ask("GET http://x:1/healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
  CHECK(running.ask("GET http://x HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
}

TEST_CASE("a wish to upgrade is ignored") {
  running_server running;
  const auto answer = running.ask(
      "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: "
      "h2c\r\nHTTP2-Settings: "
      "AAMAAABk\r\n\r\n");
  CHECK(answer.status == 200);
}

TEST_CASE("a client that waits for leave to send its body gets it at once") {
  running_server running;
  raw_client client(running.port);
  client.send("POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\nExpect: 100-continue\r\n\r\n");
  CHECK(client.receive()->status == 100);
  client.send("{\"a\":1}");
  CHECK(client.receive()->status == 200);
}

TEST_CASE("new handles count from the next request on") {
  running_server running(fake_duties{});
  CHECK(running.ask(post("/ingest", "{}")).status == 503);
  fake_service others(accepting());
  running.server.rewire(others.handles());
  CHECK(running.ask(post("/ingest", "{}")).status == 200);
  running.server.stop(milliseconds{1000});
}

TEST_CASE("several threads share one port") {
  auto with = quick();
  with.threads = 3;
  running_server running(accepting(), with);
  for (int i = 0; i < 20; ++i) CHECK(running.ask(post("/ingest", "{}")).status == 200);
}

TEST_CASE("a port that is taken is an error, with one thread or many") {
  running_server first;
  for (const std::size_t threads : {1, 2}) {
    auto with = quick();
    with.port = first.port;
    with.threads = threads;
    http::server second(with, nullptr, root_actor{});
    const auto bound = second.start();
    REQUIRE_FALSE(bound);
    CHECK(bound.failure().code == errc::io);
  }
  auto with = quick();
  with.address = "not an address";
  CHECK(http::server(with, nullptr, root_actor{}).start().failure().code == errc::invalid);
}
