// SPDX-License-Identifier: MIT
// A small HTTP server on a thread of its own that answers by a script.
#pragma once

#include <cstddef>
#include <cstdint>
#include <future>
#include <string>
#include <vector>

namespace logstream::test {

/// One answer of the script.
struct scripted_reply {
  /// Everything to write; where it is empty the request is read and never answered.
  std::string text;
};

scripted_reply reply(int status, const std::string& headers = "");

/// Listens on 127.0.0.1. Every wait of its thread has a deadline, so that a failing test ends.
class http_receiver {
 public:
  explicit http_receiver(std::vector<scripted_reply> script);
  http_receiver(const http_receiver&) = delete;
  http_receiver& operator=(const http_receiver&) = delete;
  ~http_receiver();

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

  /// The requests as they came, head and body, once the script is done or a deadline has passed.
  std::vector<std::string> requests() { return requests_.get(); }
  /// How many connections they came on. Valid after requests().
  std::size_t connections() const { return connections_; }

 private:
  std::vector<std::string> serve(std::vector<scripted_reply> script);

  // In this order: making the listener sets the port.
  std::uint16_t port_ = 0;
  int listener_ = -1;
  std::size_t connections_ = 0;
  std::future<std::vector<std::string>> requests_;
};

/// A URL at which nobody listens.
std::string dead_url();

}  // namespace logstream::test
