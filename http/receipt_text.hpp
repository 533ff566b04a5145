// SPDX-License-Identifier: MIT
// The answer to POST /ingest.
#pragma once

#include "http/response.hpp"
#include "messages/ingest.hpp"

#include <string_view>

namespace logstream::http {

/// 200 if any event was accepted, otherwise a 400 problem that carries the same members.
response receipt_response(const ingest_receipt& receipt, std::string_view instance);

}  // namespace logstream::http
