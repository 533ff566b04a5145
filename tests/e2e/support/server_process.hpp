// SPDX-License-Identifier: MIT
// The real binary, started on a free port and ended with the test.
#pragma once

#include "tests/e2e/support/raw_client.hpp"

#include <nlohmann/json.hpp>

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

/// `logstream serve --http.port 0` with further arguments. Throws if it does not say that it listens within
/// 30 s.
class server_process {
 public:
  explicit server_process(std::vector<std::string> arguments = {});
  server_process(const server_process&) = delete;
  server_process& operator=(const server_process&) = delete;
  ~server_process();

  std::uint16_t port() const { return port_; }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }
  pid_t pid() const { return pid_; }

  /// Requests on a connection of their own.
  http_answer get(const std::string& target) const { return ask("GET", target); }
  http_answer post(const std::string& target, std::string_view body,
                   const std::string& headers = "Content-Type: application/json\r\n") const {
    return ask("POST", target, body, headers);
  }
  http_answer ask(const std::string& method, const std::string& target, std::string_view body = {},
                  const std::string& headers = {}) const;
  /// The body of a 200 as JSON; throws otherwise.
  nlohmann::json get_json(const std::string& target) const;

  void signal(int number) const;
  /// The exit status; nothing if it does not end within `patience`.
  std::optional<int> wait_for_end(std::chrono::milliseconds patience);
  /// Kilobytes resident.
  std::size_t resident_kb() const;

 private:
  void read_port();

  pid_t pid_ = -1;
  int output_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace logstream::test
