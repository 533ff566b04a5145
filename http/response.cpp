// SPDX-License-Identifier: MIT
// Heads of answers.
#include "http/response.hpp"

#include "engine/wire/json_text.hpp"

namespace logstream::http {

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 406:
      return "Not Acceptable";
    case 408:
      return "Request Timeout";
    case 409:
      return "Conflict";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 504:
      return "Gateway Timeout";
    case 505:
      return "HTTP Version Not Supported";
    case 507:
      return "Insufficient Storage";
    default:
      return "Unknown";
  }
}

namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

}  // namespace

void append_head(std::string& out, const response& what, const head_options& how) {
  out += "HTTP/1.1 ";
  append_json_number(out, static_cast<std::uint64_t>(what.status));
  out += ' ';
  out += reason_phrase(what.status);
  out += "\r\n";
  if (!what.media_type.empty())
    append_field(out, "Content-Type", what.media_type);
  if (how.body == framing::chunked) {
    append_field(out, "Transfer-Encoding", "chunked");
  } else if (how.body == framing::content_length && what.status != 204) {
    out += "Content-Length: ";
    append_json_number(out, how.content_length);
    out += "\r\n";
  }
  for (const header& each : what.headers) append_field(out, each.name, each.value);
  if (!how.allow_origin.empty()) {
    append_field(out, "Access-Control-Allow-Origin", how.allow_origin);
    append_field(out, "Access-Control-Expose-Headers", "Location, Retry-After, Allow");
    if (how.allow_origin != "*")
      append_field(out, "Vary", "Origin");
  }
  if (how.close)
    append_field(out, "Connection", "close");
  else if (how.http_1_0)
    append_field(out, "Connection", "keep-alive");
  out += "\r\n";
}

}  // namespace logstream::http
