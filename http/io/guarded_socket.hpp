// SPDX-License-Identifier: MIT
// The socket that RESTinio reads from and writes to; knows what HTTP asks for where RESTinio would just
// close.
#pragma once

#include "http/io/connection_list.hpp"

#include <asio/buffer.hpp>

#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

namespace logstream::http {

/// Answers `Expect: 100-continue`, and gives a reason (408, 413, 414, 431, 400, 500, 504) before the
/// connection is closed on a request. Costs nothing where nothing is wrong. For one thread.
class guarded_socket {
 public:
  using executor_type = plain_socket::executor_type;
  using lowest_layer_type = plain_socket;

  guarded_socket(plain_socket accepted, connection_list& in)
      : slot_(std::make_unique<connection_slot>(std::move(accepted), in)) {}

  executor_type get_executor() { return slot_->socket.get_executor(); }
  plain_socket& lowest_layer() { return slot_->socket; }
  bool is_open() const { return slot_->socket.is_open(); }
  void cancel(asio::error_code& fault) { slot_->socket.cancel(fault); }

  template <class Handler>
  void async_read_some(const asio::mutable_buffer& into, Handler&& then) {
    begin_read();
    slot_->socket.async_read_some(
        into, read_end<std::decay_t<Handler>>{slot_.get(), into, std::forward<Handler>(then)});
  }

  template <class Buffers, class Handler>
  auto async_write_some(const Buffers& from, Handler&& then) {
    slot_->reads = 0;
    return slot_->socket.async_write_some(from, std::forward<Handler>(then));
  }

  /// What RESTinio calls first when it closes a connection.
  void shutdown(plain_socket::shutdown_type what, asio::error_code& fault);
  void close() {
    asio::error_code ignored;
    slot_->socket.close(ignored);
    slot_->leave();
  }

 private:
  // Runs RESTinio's handler, which keeps the connection and so the slot alive.
  template <class Handler>
  struct read_end {
    connection_slot* slot;
    asio::mutable_buffer into;
    Handler then;

    void operator()(const asio::error_code& fault, std::size_t size) {
      const bool waits =
          receive(*slot, {static_cast<const char*>(into.data()), size}, static_cast<bool>(fault));
      then(fault, size);
      slot->chunk = {};
      slot->list().current = nullptr;
      if (waits)
        grant(*slot);
    }
  };

  void begin_read();
  // Notes what arrived; true if the client waits for leave to send its body.
  static bool receive(connection_slot& slot, std::string_view chunk, bool failed);
  static void grant(connection_slot& slot);

  std::unique_ptr<connection_slot> slot_;
};

}  // namespace logstream::http
