// SPDX-License-Identifier: MIT
// RFC 9457 problem documents: the one form of every error.
#pragma once

#include "engine/base/result.hpp"
#include "http/response.hpp"

#include <string>
#include <string_view>

namespace logstream::http {

/// The status that a failure of this kind gets.
int status_of(errc code);

/// A problem document. `instance` is the path of the request; `extension` further members as JSON text, each
/// beginning with a comma. 429 and 503 say when to try again.
response problem(int status, std::string_view detail, std::string_view instance,
                 std::string_view extension = {});

response problem(const error& why, std::string_view instance);

}  // namespace logstream::http
