// SPDX-License-Identifier: MIT
// The description of the HTTP API, as http/openapi.json has it at build time.
#pragma once

#include <string_view>

namespace logstream::http {

std::string_view openapi_document();

}  // namespace logstream::http
