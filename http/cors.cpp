// SPDX-License-Identifier: MIT
// Cross-origin requests.
#include "http/cors.hpp"

#include <algorithm>
#include <utility>

namespace logstream::http {

std::string allowed_origin(const std::vector<std::string>& allowed, std::string_view origin) {
  if (origin.empty())
    return {};
  if (std::find(allowed.begin(), allowed.end(), "*") != allowed.end())
    return "*";
  return std::find(allowed.begin(), allowed.end(), origin) == allowed.end() ? std::string{}
                                                                            : std::string(origin);
}

response options_response(std::string methods, bool preflight) {
  response out;
  out.status = 204;
  if (preflight) {
    out.headers.push_back({"Access-Control-Allow-Methods", methods});
    out.headers.push_back({"Access-Control-Allow-Headers", "Accept, Content-Type, Content-Encoding"});
    out.headers.push_back({"Access-Control-Max-Age", "600"});
  }
  out.headers.push_back({"Allow", std::move(methods)});
  return out;
}

}  // namespace logstream::http
