// SPDX-License-Identifier: MIT
// A request of RESTinio as an exchange.
#pragma once

#include "http/exchange.hpp"

#include <restinio/request_handler.hpp>

#include <memory>

namespace logstream::http {

struct exchange_options {
  /// Where the connection lives, and what keeps that alive until the request is answered.
  asio::io_context* on = nullptr;
  std::shared_ptr<const void> keeper;
  protocol version = protocol::http_1_1;
  /// The connection shall end with this answer.
  bool last = false;
};

exchange_ptr make_exchange(restinio::request_handle_t request, exchange_options how);

}  // namespace logstream::http
