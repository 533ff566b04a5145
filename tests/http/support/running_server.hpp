// SPDX-License-Identifier: MIT
// A server on a free port in front of fake actors.
#pragma once

#include "http/server.hpp"
#include "tests/e2e/support/raw_client.hpp"
#include "tests/http/support/fake_service.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace logstream::test {

/// Accepts one event of every body unless told otherwise.
inline fake_duties accepting() {
  fake_duties out;
  out.ingest = [](const ingest_job_ptr& job) {
    ingest_receipt receipt;
    receipt.accepted = 1;
    job->reply->deliver(std::move(receipt));
  };
  return out;
}

inline http::settings quick() {
  http::settings out;
  out.port = 0;
  out.timeout_granularity = std::chrono::milliseconds{20};
  return out;
}

struct running_server {
  explicit running_server(fake_duties duties = accepting(), http::settings with = quick())
      : actors(std::move(duties)), server(std::move(with), actors.handles(), actors.root()) {
    auto bound = server.start();
    REQUIRE(bound);
    port = *bound;
  }

  http_answer ask(const std::string& request) {
    raw_client client(port);
    return client.ask(request);
  }
  http_answer get(const std::string& target) { return ask("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"); }

  fake_service actors;
  http::server server;
  std::uint16_t port = 0;
};

inline std::string post(const std::string& target, const std::string& body, const std::string& fields = {}) {
  return "POST " + target + " HTTP/1.1\r\nHost: x\r\n" + fields +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace logstream::test
