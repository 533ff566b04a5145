// SPDX-License-Identifier: MIT
// The commands' side of HTTP: several requests at a time on one thread, by libcurl.
#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

struct client_request {
  std::string method = "GET";
  /// Below the server's URL, with its query: `/logs?limit=5`.
  std::string target;
  std::vector<std::string> headers;
  std::string body;
  /// 0 waits as long as it takes.
  std::chrono::milliseconds timeout{60'000};
};

struct client_response {
  int status = 0;
  /// Names in lower case.
  std::map<std::string, std::string, std::less<>> headers;
  std::string body;

  bool ok() const { return status >= 200 && status < 300; }
};

/// Owns its connections and keeps them for the next request. Not for more than one thread. Errors are
/// errc::unavailable when there is no connection, errc::timeout, or errc::io when it broke.
class http_client {
 public:
  using handler = std::function<void(result<client_response>)>;

  /// `server` is a URL; `http://` is put before one without a scheme.
  explicit http_client(std::string_view server);
  ~http_client();
  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;

  const std::string& server() const { return server_; }

  /// Starts a request; `done` is called from run_once.
  void start(client_request request, handler done);
  std::size_t in_flight() const { return transfers_.size(); }

  /// Moves all requests on; waits for their sockets or for one of `readable` (file descriptors), at most
  /// `wait`.
  void run_once(std::chrono::milliseconds wait, std::span<const int> readable = {});

  /// Makes one request and waits for its end. REQUIRES: nothing is in flight.
  result<client_response> perform(client_request request);

 private:
  struct transfer;
  struct close_multi {
    void operator()(void* multi) const;
  };

  void finish(void* easy, int code);

  std::string server_;
  std::unique_ptr<void, close_multi> multi_;
  std::map<void*, std::unique_ptr<transfer>> transfers_;
};

/// Appends `name=value` to a target, percent-encoded, with the right sign before it.
void append_query(std::string& target, std::string_view name, std::string_view value);

/// Returns what a problem document says, or the beginning of any other body.
std::string problem_text(const client_response& response);

}  // namespace logstream
