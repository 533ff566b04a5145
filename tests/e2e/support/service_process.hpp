// SPDX-License-Identifier: MIT
// The real program as a process of its own, on a free port.
#pragma once

#include "tests/e2e/support/raw_client.hpp"

#include <nlohmann/json.hpp>

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace logstream::test {

/// Started and ready when made, killed when destroyed. Throws std::runtime_error if it does not start.
class service_process {
 public:
  explicit service_process(std::vector<std::string> flags = {});
  service_process(const service_process&) = delete;
  service_process& operator=(const service_process&) = delete;
  ~service_process();

  std::uint16_t port() const { return port_; }
  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(port_) + path;
  }

  /// Each on a connection of its own.
  http_answer ask(const std::string& request) const;
  http_answer get(const std::string& target) const;
  http_answer post(const std::string& target, const std::string& body, const std::string& fields = {}) const;
  /// Sends a request and REQUIREs that it succeeds with JSON.
  nlohmann::json get_json(const std::string& target) const;
  nlohmann::json post_json(const std::string& target, const std::string& body) const;

  /// SIGTERM.
  void terminate();
  /// SIGKILL; it is gone on return.
  void kill();
  /// The exit status; nothing if the process lives on for `patience` or died of a signal.
  std::optional<int> wait(std::chrono::seconds patience);

  /// Memory that the process has at the moment.
  std::size_t resident_bytes() const;

 private:
  void spawn(const std::vector<std::string>& arguments);
  std::string read_line();
  void await_ready() const;

  pid_t process_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::thread drain_;
};

/// A POST with its Content-Length; `fields` are whole lines.
std::string post_request(const std::string& target, const std::string& body, const std::string& fields = {});
std::string get_request(const std::string& target, const std::string& fields = {});

/// Asks until `holds` or a deadline passes; returns whether it held.
bool eventually(const std::function<bool()>& holds, std::chrono::seconds patience = std::chrono::seconds{20});

/// `count` events as NDJSON, told apart by the field `number` from `first` on.
std::string numbered_events(std::uint64_t first, std::uint64_t count, const std::string& service = "load");

}  // namespace logstream::test
