// SPDX-License-Identifier: MIT
// Which web pages may call us.
#pragma once

#include "http/response.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace logstream::http {

/// What Access-Control-Allow-Origin says to a page of `origin`: "*", the origin, or nothing.
std::string allowed_origin(const std::vector<std::string>& allowed, std::string_view origin);

/// The answer to OPTIONS for a path that knows `methods`; to a preflight it says what a page may send.
response options_response(std::string methods, bool preflight);

}  // namespace logstream::http
