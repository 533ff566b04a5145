// SPDX-License-Identifier: MIT
// An answer to one request, and how its head is written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::http {

namespace media {
inline constexpr std::string_view json = "application/json";
inline constexpr std::string_view problem = "application/problem+json";
inline constexpr std::string_view metrics = "text/plain; version=0.0.4; charset=utf-8";
}  // namespace media

struct header {
  std::string_view name;
  std::string value;
};

struct response {
  int status = 200;
  /// Of static storage; empty for an answer without a body.
  std::string_view media_type;
  std::string body;
  /// Names are of static storage; values must not hold line ends.
  std::vector<header> headers;
};

/// "Not Found" for 404.
std::string_view reason_phrase(int status);

enum class framing { content_length, chunked, until_close };

/// How a head says where the body ends and what becomes of the connection.
struct head_options {
  framing body = framing::content_length;
  std::size_t content_length = 0;
  bool close = false;
  /// An HTTP/1.0 client must be told that its connection is kept.
  bool http_1_0 = false;
  /// The origin that a browser may show this to, empty for none.
  std::string_view allow_origin;
};

/// Appends the status line and all fields, up to and including the empty line.
void append_head(std::string& out, const response& what, const head_options& how);

}  // namespace logstream::http
