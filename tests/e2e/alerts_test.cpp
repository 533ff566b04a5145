// SPDX-License-Identifier: MIT
// Rules, alerts and webhooks, asked of the running server.
#include "tests/e2e/support/service_process.hpp"

#include <catch2/catch.hpp>

#include <future>

using namespace logstream::test;
using nlohmann::json;

namespace {

// A subscriber that takes connections one after the other and answers each request with 200.
class subscriber {
 public:
  subscriber() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    REQUIRE(::listen(socket_, 8) == 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
  }
  subscriber(const subscriber&) = delete;
  subscriber& operator=(const subscriber&) = delete;
  ~subscriber() { ::close(socket_); }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

  /// The next request, head and body; empty if none comes.
  std::string take() const {
    pollfd wait{socket_, POLLIN, 0};
    if (::poll(&wait, 1, 20'000) != 1)
      return {};
    const int client = ::accept(socket_, nullptr, nullptr);
    std::string out;
    char bytes[4096];
    while (!whole(out)) {
      const auto size = ::recv(client, bytes, sizeof bytes, 0);
      if (size <= 0)
        break;
      out.append(bytes, static_cast<std::size_t>(size));
    }
    const std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(client);
    return out;
  }

 private:
  static bool whole(const std::string& request) {
    const std::size_t head = request.find("\r\n\r\n");
    const std::size_t length = request.find("Content-Length: ");
    return head != std::string::npos && length != std::string::npos &&
           request.size() >= head + 4 + std::stoull(request.substr(length + 16));
  }

  int socket_;
  std::uint16_t port_ = 0;
};

std::string errors(int count) {
  std::string out;
  for (int i = 0; i < count; ++i)
    out += R"({"level":"error","service":"checkout","message":"it broke"})"
           "\n";
  return out;
}

}  // namespace

TEST_CASE("the two given rules are there from the start") {
  service_process service;
  const json rules = service.get_json("/rules");
  CHECK(rules["count"] == 2);
  CHECK(rules["rules"].size() == 2);
}

TEST_CASE("a rule is made, changed, shown and removed") {
  service_process service;
  const auto made =
      service.post("/rules", R"({"name":"my rule","level":"error","threshold":3,"window":"10s"})");
  CHECK(made.status == 201);
  CHECK(made.header("location") == "/rules/my%20rule");
  CHECK(service.post("/rules", R"({"name":"my rule"})").status == 409);
  CHECK(service.get_json("/rules/my%20rule")["threshold"] == 3);
  const auto put = [&](const std::string& name, const std::string& body) {
    return service.ask("PUT /rules/" + name + " HTTP/1.1\r\nHost: x\r\nContent-Length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
  };
  CHECK(put("my%20rule", R"({"threshold":5})").status == 200);
  CHECK(service.get_json("/rules/my%20rule")["threshold"] == 5);
  CHECK(put("other", R"({"threshold":5})").status == 201);
  CHECK(service.get_json("/rules")["count"] == 4);
  CHECK(service.ask("DELETE /rules/my%20rule HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  CHECK(service.get("/rules/my%20rule").status == 404);
  CHECK(service.ask("DELETE /rules/my%20rule HTTP/1.1\r\nHost: x\r\n\r\n").status == 404);
}

TEST_CASE("errors fire the given rule and its alert is shown with events") {
  service_process service;
  CHECK(service.get_json("/alerts")["firing"] == 0);
  service.post_json("/ingest", errors(10));
  REQUIRE(eventually([&] { return service.get_json("/alerts")["firing"] == 1; }));
  const json alert = service.get_json("/alerts")["current"][0];
  CHECK(alert["state"] == "firing");
  CHECK(alert["count"] >= 10);
  CHECK(alert["events"].size() >= 1);
}

TEST_CASE("a webhook is told of an alert, signed, and keeps a log of it") {
  subscriber receiver;
  service_process service;
  const auto made =
      service.post("/webhooks", json{{"id", "ops"}, {"url", receiver.url()}, {"secret", "s3cret"}}.dump());
  CHECK(made.status == 201);
  CHECK(made.header("location") == "/webhooks/ops");
  CHECK(made.body.find("s3cret") == std::string::npos);
  auto tested = std::async(std::launch::async, [&] { return service.post("/webhooks/ops/test", ""); });
  const std::string test = receiver.take();
  CHECK(test.starts_with("POST /hook HTTP/1.1\r\n"));
  CHECK(json::parse(tested.get().body)["delivered"] == true);
  service.post_json("/ingest", errors(10));
  const std::string told = receiver.take();
  CHECK(told.find("X-LogStream-Signature: ") != std::string::npos);
  const json body = json::parse(told.substr(told.find("\r\n\r\n") + 4), nullptr, false);
  CHECK_FALSE(body.is_discarded());
  REQUIRE(eventually([&] { return service.get_json("/webhooks")["webhooks"][0]["delivered"] >= 1; }));
  CHECK(service.get_json("/webhooks")["count"] == 1);
  CHECK(service.ask("DELETE /webhooks/ops HTTP/1.1\r\nHost: x\r\n\r\n").status == 204);
  CHECK(service.post("/webhooks/ops/test", "").status == 404);
}
