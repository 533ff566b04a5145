// SPDX-License-Identifier: MIT
// The open connections of one I/O thread, in a list that each connection enters and leaves by itself.
#pragma once

#include "http/exchange.hpp"
#include "http/io/refusal.hpp"

#include <asio/basic_stream_socket.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

namespace logstream::http {

using plain_socket = asio::basic_stream_socket<asio::ip::tcp, asio::io_context::executor_type>;

class connection_list;

/// One connection: its socket and what happened on it. Never moves while it is listed.
class connection_slot {
 public:
  connection_slot(plain_socket accepted, connection_list& in);
  connection_slot(const connection_slot&) = delete;
  connection_slot& operator=(const connection_slot&) = delete;
  ~connection_slot();

  plain_socket socket;
  /// A read is under way.
  bool reading = false;
  /// The client has ended its side, or the connection failed.
  bool ended = false;
  /// Reads begun since the last answer began: 1 with `reading` is idle, 1 without is a request being handled.
  std::size_t reads = 0;
  /// What the read being handled brought.
  std::string_view chunk;
  /// Of the request that was begun last.
  protocol version = protocol::http_1_1;

  /// The connection is closed, though somebody may still hold it.
  void leave();

  bool idle() const { return reading && reads == 1; }
  connection_list& list() { return list_; }

 private:
  friend class connection_list;

  connection_list& list_;
  bool listed_ = true;
  connection_slot* previous_ = nullptr;
  connection_slot* next_ = nullptr;
};

/// For one thread. Must outlive its connections.
class connection_list {
 public:
  /// `when_fewer` is called after each connection that ended, `count()` being the new one.
  explicit connection_list(std::function<void()> when_fewer) : when_fewer_(std::move(when_fewer)) {}

  std::size_t count() const { return count_; }

  /// No connection is kept from now on: idle ones end at once, the others after their answer.
  void drain();
  bool draining() const { return draining_; }

  /// Ends all connections; returns how many were in the middle of something.
  std::size_t cut();

  /// The connection whose input is being handled, if any.
  const connection_slot* current = nullptr;

  /// RESTinio is about to close a connection for the reason given in its log.
  void note(std::optional<refusal> why) { noted_ = why; }
  std::optional<refusal> take_note() { return std::exchange(noted_, std::nullopt); }

 private:
  friend class connection_slot;

  std::function<void()> when_fewer_;
  connection_slot* first_ = nullptr;
  std::size_t count_ = 0;
  bool draining_ = false;
  std::optional<refusal> noted_;
};

}  // namespace logstream::http
