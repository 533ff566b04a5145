// SPDX-License-Identifier: MIT
// The limits that the server holds its clients to, over real sockets.
#include "tests/http/support/running_server.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <future>
#include <vector>

using namespace logstream;
using namespace logstream::test;
using nlohmann::json;
using std::chrono::milliseconds;

namespace {

// What a client is told that sends `request`; the connection must end with it.
http_answer last_words(running_server& running, const std::string& request) {
  raw_client client(running.port);
  client.send(request);
  auto answer = client.receive();
  REQUIRE(answer);
  CHECK(answer->header("content-type") == "application/problem+json");
  CHECK(answer->header("connection") == "close");
  CHECK(json::parse(answer->body)["status"] == answer->status);
  CHECK(client.closes());
  return *answer;
}

}  // namespace

TEST_CASE("a body above the limit is refused by its length, before it is sent") {
  auto with = quick();
  with.max_body_bytes = 1000;
  running_server running(accepting(), with);
  CHECK(last_words(running, "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n").status ==
        413);
  CHECK(last_words(running,
                   "POST /ingest HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
            .status == 413);
  CHECK(running.ask(post("/ingest", std::string(1000, ' '))).status == 200);
}

TEST_CASE("a client that goes on sending after a refusal can still read it") {
  auto with = quick();
  with.max_body_bytes = 1000;
  running_server running(accepting(), with);
  CHECK(last_words(running, post("/ingest", std::string(8 * 1024 * 1024, ' '))).status == 413);
}

TEST_CASE("a chunked body is refused as soon as it is too large") {
  auto with = quick();
  with.max_body_bytes = 1000;
  running_server running(accepting(), with);
  const std::string chunk = "1F4\r\n" + std::string(500, ' ') + "\r\n";
  CHECK(last_words(running, "POST /ingest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunk +
                                chunk + chunk)
            .status == 413);
}

TEST_CASE("URLs and header fields have limits") {
  auto with = quick();
  with.max_url_bytes = 200;
  with.max_header_bytes = 300;
  with.max_headers = 10;
  running_server running(accepting(), with);
  const auto get = [](const std::string& target, const std::string& fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n";
  };
  CHECK(last_words(running, get("/" + std::string(300, 'a'), "")).status == 414);
  CHECK(last_words(running, get("/" + std::string(200'000, 'a'), "")).status == 414);
  CHECK(last_words(running, get("/healthz", "A: " + std::string(301, 'a') + "\r\n")).status == 431);
  CHECK(last_words(running, get("/healthz", std::string(301, 'a') + ": a\r\n")).status == 431);
  std::string many;
  for (int i = 0; i < 10; ++i) many += "A" + std::to_string(i) + ": a\r\n";
  CHECK(last_words(running, get("/healthz", many)).status == 431);
  CHECK(running.ask(get("/healthz", "A: " + std::string(300, 'a') + "\r\n")).status == 200);
}

TEST_CASE("what is not HTTP is told so") {
  running_server running;
  const char* const table[] = {
      "nonsense\r\n\r\n",
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n",
      "GET\r\n\r\n",
      "GET /healthz HTTP/x.y\r\n\r\n",
      "GET /heal\x01thz HTTP/1.1\r\nHost: x\r\n\r\n",
      "FETCH /healthz HTTP/1.1\r\nHost: x\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost x\r\n\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999999\r\n\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
      "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  };
  for (const char* request : table) {
    CAPTURE(request);
    CHECK(last_words(running, request).status == 400);
  }
}

TEST_CASE("a request that does not arrive in time is told so, an idle connection just closes") {
  auto with = quick();
  with.read_timeout = milliseconds{100};
  running_server running(accepting(), with);
  CHECK(last_words(running, "GET /healthz HTTP/1.1\r\nHost:").status == 408);
  CHECK(last_words(running, "POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{").status == 408);
  raw_client idle(running.port);
  CHECK(idle.closes());
  raw_client kept(running.port);
  CHECK(kept.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
  CHECK(kept.closes());
}

TEST_CASE("a request that nobody answers is told so") {
  auto with = quick();
  with.handle_timeout = milliseconds{100};
  fake_duties duties;
  std::vector<ingest_job_ptr> held;
  duties.ingest = [&](const ingest_job_ptr& job) { held.push_back(job); };
  running_server running(std::move(duties), with);
  CHECK(last_words(running, post("/ingest", "{}")).status == 504);
  running.server.stop(milliseconds{1000});
}

TEST_CASE("connections beyond the limit wait for their turn") {
  auto with = quick();
  with.max_connections = 2;
  running_server running(accepting(), with);
  const std::string request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
  raw_client first(running.port);
  raw_client second(running.port);
  CHECK(first.ask(request).status == 200);
  CHECK(second.ask(request).status == 200);
  raw_client third(running.port);
  third.send(request);
  CHECK_FALSE(third.closes(milliseconds{100}));
  first.close();
  CHECK(third.receive()->status == 200);
}

TEST_CASE("clients that reset before or while they are served leave no trace") {
  auto with = quick();
  with.max_connections = 4;
  running_server running(accepting(), with);
  for (int i = 0; i < 50; ++i) {
    raw_client before(running.port);
    before.reset();
    raw_client within(running.port);
    within.send("POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{");
    within.reset();
    raw_client after(running.port);
    after.send(post("/ingest", "{}"));
    after.reset();
  }
  CHECK(running.ask(post("/ingest", "{}")).status == 200);
}

TEST_CASE("stopping answers what was asked, closes what is idle, and refuses what is new") {
  std::promise<ingest_job_ptr> arrived;
  fake_duties duties;
  duties.ingest = [&](const ingest_job_ptr& job) { arrived.set_value(job); };
  running_server running(std::move(duties));
  raw_client idle(running.port);
  CHECK(idle.ask("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").status == 200);
  raw_client busy(running.port);
  busy.send(post("/ingest", "{}"));
  ingest_job_ptr job = arrived.get_future().get();
  auto stopped = std::async(std::launch::async, [&] { return running.server.stop(milliseconds{10'000}); });
  CHECK(idle.closes());
  CHECK_THROWS(raw_client(running.port));
  ingest_receipt receipt;
  receipt.accepted = 1;
  job->reply->deliver(std::move(receipt));
  CHECK(busy.receive()->status == 200);
  CHECK(busy.closes());
  CHECK(stopped.get() == 0);
}

TEST_CASE("stopping cuts what is not answered within the grace period, and a late answer harms nothing") {
  std::promise<ingest_job_ptr> arrived;
  fake_duties duties;
  duties.ingest = [&](const ingest_job_ptr& job) { arrived.set_value(job); };
  running_server running(std::move(duties));
  raw_client busy(running.port);
  busy.send(post("/ingest", "{}"));
  ingest_job_ptr job = arrived.get_future().get();
  CHECK(running.server.stop(milliseconds{50}) == 1);
  CHECK_FALSE(busy.receive().has_value());
  job->reply->deliver(ingest_receipt{});
  job.reset();
}
