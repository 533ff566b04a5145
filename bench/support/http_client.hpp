// SPDX-License-Identifier: MIT
// The least HTTP/1.1 that the bench programs need to talk to a server on a numeric address.
#pragma once

#include "bench/support/http_reply.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream::bench {

/// "http://127.0.0.1:8080/ingest" in its parts.
struct url {
  std::string host;
  std::uint16_t port = 80;
  std::string target;

  /// Ends the program when `text` is not such a URL.
  static url parse(std::string_view text);
};

/// Returns a connected TCP socket without Nagle's delay; ends the program when there is none to be had.
int dial(const url& server);

/// Returns a request up to the body, which has `length` bytes.
std::string request_head(std::string_view method, const url& where, std::string_view content_type,
                         std::size_t length);

/// One connection that is kept open and waits for each answer.
class http_client {
 public:
  explicit http_client(const url& server) : server_(server) {}
  ~http_client();
  http_client(const http_client&) = delete;
  http_client& operator=(const http_client&) = delete;

  /// Returns the answer, valid until the next call; ends the program when the server does not give one.
  const reply_reader& call(std::string_view method, const url& where, std::string_view body,
                           std::string_view content_type = "application/json");

 private:
  url server_;
  int socket_ = -1;
  reply_reader reply_;
};

}  // namespace logstream::bench
