// SPDX-License-Identifier: MIT
// Sends the text of a log query to its client, with back-pressure to the actor that writes it.
#pragma once

#include "http/exchange.hpp"
#include "messages/logs.hpp"

#include <memory>
#include <string_view>

namespace logstream::http {

/// An answer of one piece is sent whole with its length; a longer one is streamed. `media_type` is of static
/// storage.
std::unique_ptr<log_sink> make_log_stream(exchange_ptr to, std::string_view media_type);

}  // namespace logstream::http
