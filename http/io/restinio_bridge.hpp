// SPDX-License-Identifier: MIT
// All that is known of RESTinio: connections in, requests out.
#pragma once

#include "http/exchange.hpp"
#include "http/io/connection_list.hpp"
#include "http/settings.hpp"

#include <functional>
#include <memory>

namespace logstream::http {

/// Reads requests from a new connection until it closes.
using connection_opener = std::function<void(plain_socket, const asio::ip::tcp::endpoint&)>;
/// Takes a request, on the I/O thread.
using request_sink = std::function<void(const exchange_ptr&)>;

/// Everything below runs on, or is posted to, the thread of `on`. What `keeper` points to must hold `on` and
/// `in`: each request keeps it alive until it is answered.
connection_opener make_connection_opener(const settings& with, asio::io_context& on, connection_list& in,
                                         std::weak_ptr<const void> keeper, request_sink to);

}  // namespace logstream::http
