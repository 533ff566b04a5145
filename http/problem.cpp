// SPDX-License-Identifier: MIT
// RFC 9457 problem documents.
#include "http/problem.hpp"

#include "engine/wire/json_text.hpp"

namespace logstream::http {

int status_of(errc code) {
  switch (code) {
    case errc::invalid:
      return 400;
    case errc::not_found:
      return 404;
    case errc::conflict:
      return 409;
    case errc::too_large:
      return 413;
    case errc::unsupported:
      return 415;
    case errc::overloaded:
      return 429;
    case errc::unavailable:
    case errc::cancelled:
      return 503;
    case errc::timeout:
      return 504;
    case errc::disk_full:
      return 507;
    case errc::io:
    case errc::internal:
      return 500;
  }
  return 500;
}

response problem(int status, std::string_view detail, std::string_view instance, std::string_view extension) {
  response out;
  out.status = status;
  out.media_type = media::problem;
  out.body = R"({"type":"about:blank","title":)";
  append_json_string(out.body, reason_phrase(status));
  out.body += R"(,"status":)";
  append_json_number(out.body, static_cast<std::uint64_t>(status));
  out.body += R"(,"detail":)";
  append_json_string(out.body, detail);
  if (!instance.empty()) {
    out.body += R"(,"instance":)";
    append_json_string(out.body, instance);
  }
  out.body += extension;
  out.body += '}';
  if (status == 429 || status == 503)
    out.headers.push_back({"Retry-After", "1"});
  return out;
}

response problem(const error& why, std::string_view instance) {
  return problem(status_of(why.code), why.message, instance);
}

}  // namespace logstream::http
