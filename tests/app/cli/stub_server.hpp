// SPDX-License-Identifier: MIT
// A server on a free port that gives scripted answers, one connection each, and remembers what it was asked.
#pragma once

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace logstream::test {

struct stub_request {
  /// `POST /ingest HTTP/1.1`
  std::string line;
  /// As they came, one a line.
  std::string headers;
  std::string body;
};

/// Ends with its script, or when nobody asks for five seconds.
class stub_server {
 public:
  /// Each answer is a status line's rest with headers, an empty line, and a body: see answer().
  explicit stub_server(std::vector<std::string> answers);
  ~stub_server();
  stub_server(const stub_server&) = delete;
  stub_server& operator=(const stub_server&) = delete;

  std::string url() const;
  /// Waits for the end of the script and returns what was asked, in order.
  const std::vector<stub_request>& requests();

 private:
  void run();

  std::vector<std::string> answers_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::vector<stub_request> requests_;
  std::thread thread_;
};

/// Composes an answer; each of `headers` ends with "\r\n".
std::string answer(int status, const std::string& body, const std::string& headers = {});

}  // namespace logstream::test
