// SPDX-License-Identifier: MIT
// Last words on a connection.
#include "http/io/refusal.hpp"

#include "http/problem.hpp"

#include <array>

namespace logstream::http {

namespace {

struct known_fault {
  /// As http_parser and RESTinio spell it.
  std::string_view sign;
  refusal answer;
};

// A callback's failure (HPE_CB_…) is one of RESTinio's limits; the first sign found counts.
constexpr std::array<known_fault, 12> faults{{
    {"parser error HPE_CB_url", {414, "the URL is too long"}},
    {"parser error HPE_CB_header_field", {431, "there are too many header fields or a name is too long"}},
    {"parser error HPE_CB_header_value", {431, "a header field is too long"}},
    {"parser error HPE_HEADER_OVERFLOW", {431, "the header fields are too long together"}},
    {"parser error HPE_CB_headers_complete", {413, "the body is larger than this service takes"}},
    {"parser error HPE_CB_body", {413, "the body is larger than this service takes"}},
    {"parser error HPE_INVALID_VERSION", {400, "the version of HTTP is unknown"}},
    {"parser error HPE_INVALID_CONTENT_LENGTH", {400, "the Content-Length is not a number"}},
    {"parser error HPE_UNEXPECTED_CONTENT_LENGTH", {400, "there are two lengths for one body"}},
    {"parser error HPE_INVALID_CHUNK_SIZE", {400, "the size of a chunk is not a hexadecimal number"}},
    {"parser error", {400, "the request is not HTTP"}},
    {"error while handling request", {500, "the request could not be handled"}},
}};

}  // namespace

std::optional<refusal> refusal_for(std::string_view log_line) {
  for (const known_fault& each : faults)
    if (log_line.find(each.sign) != std::string_view::npos)
      return each.answer;
  return std::nullopt;
}

std::string refusal_text(const refusal& why) {
  const response what = problem(why.status, why.detail, {});
  std::string out;
  append_head(out, what, {framing::content_length, what.body.size(), true, false, {}});
  return out + what.body;
}

}  // namespace logstream::http
