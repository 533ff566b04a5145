// SPDX-License-Identifier: MIT
// One request and the way to answer it, as routes see them.
#pragma once

#include "http/response.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace logstream::http {

/// What the request line says; RESTinio does not tell.
enum class protocol : std::uint8_t { http_1_1, http_1_0, other, none };

enum class method : std::uint8_t { get, head, post, put, del, options, other };

/// Made by the I/O thread, answered by whichever thread holds it then; not to be used by two at once.
/// Answered exactly once, by send() or by begin() and what follows; dropped unanswered, it answers 503 by
/// itself.
class exchange {
 public:
  exchange() = default;
  exchange(const exchange&) = delete;
  exchange& operator=(const exchange&) = delete;
  virtual ~exchange() = default;

  method verb = method::other;
  protocol version = protocol::http_1_1;
  /// As in the request, still percent-encoded.
  std::string_view path;
  std::string_view query;
  std::string_view body;
  /// What the placeholder of the route's pattern stands for, decoded.
  std::string segment;
  /// The origin that a browser may show the answer to, empty for none.
  std::string allow_origin;

  /// The first field of this name, in any case; empty if there is none.
  virtual std::string_view field(std::string_view name) const = 0;

  /// The whole answer. Answers to HEAD lose their body on the way.
  virtual void send(response what) = 0;

  /// Called when a piece has left this process (true) or never will (false), on any thread, once.
  using on_written = std::function<void(bool)>;
  /// An answer piece by piece: a head, a first piece, any number of further ones, then end() or cut().
  /// REQUIRES: the piece before was written.
  virtual void begin(response head, std::string piece, on_written then) = 0;
  virtual void write(std::string piece, on_written then) = 0;
  virtual void end(std::string last_piece) = 0;
  /// Ends the connection in a way that shows that the answer is incomplete.
  virtual void cut() = 0;
};

using exchange_ptr = std::shared_ptr<exchange>;

}  // namespace logstream::http
