// SPDX-License-Identifier: MIT
// What RESTinio leaves out of HTTP.
#include "http/io/guarded_socket.hpp"

#include "http/io/lingering.hpp"

#include <sys/socket.h>

namespace logstream::http {

namespace {

std::optional<refusal> reason_to_refuse(connection_slot& slot) {
  auto noted = slot.list().take_note();
  if (slot.ended || slot.reads == 0)
    return std::nullopt;
  if (noted && noted->status == 431 && slot.reads == 1 && slot.chunk.find('\n') == std::string_view::npos)
    return refusal{414, "the URL is too long"};
  if (noted)
    return noted;
  if (slot.idle())
    return std::nullopt;
  return slot.reading ? refusal{408, "the request did not arrive in time"}
                      : refusal{504, "nobody answered the request in time"};
}

// A request line that did not arrive at once is taken for HTTP/1.1's.
protocol version_of(std::string_view chunk) {
  const std::size_t end = chunk.find('\n');
  if (end == std::string_view::npos)
    return protocol::http_1_1;
  const std::string_view line = chunk.substr(0, end);
  const std::size_t version = line.rfind(" HTTP/");
  if (version == std::string_view::npos)
    return protocol::none;
  if (line.substr(version).starts_with(" HTTP/1.0"))
    return protocol::http_1_0;
  return line.substr(version).starts_with(" HTTP/1.") ? protocol::http_1_1 : protocol::other;
}

}  // namespace

void guarded_socket::begin_read() {
  slot_->reading = true;
  ++slot_->reads;
  if (slot_->list().draining() && slot_->reads == 1) {
    asio::error_code ignored;
    slot_->socket.shutdown(plain_socket::shutdown_receive, ignored);
  }
}

void guarded_socket::shutdown(plain_socket::shutdown_type what, asio::error_code& fault) {
  if (const auto why = reason_to_refuse(*slot_)) {
    slot_->socket.cancel(fault);
    linger(std::move(slot_->socket), refusal_text(*why), slot_->list());
  } else {
    slot_->socket.shutdown(what, fault);
  }
}

bool guarded_socket::receive(connection_slot& slot, std::string_view chunk, bool failed) {
  // A client that waits sends nothing behind its header.
  constexpr std::size_t longest_header = 16 * 1024;
  slot.reading = false;
  slot.ended = failed;
  slot.chunk = chunk;
  slot.list().current = &slot;
  if (slot.reads == 1)
    slot.version = version_of(chunk);
  return chunk.ends_with("\r\n\r\n") && chunk.size() < longest_header &&
         chunk.find("100-continue") != std::string_view::npos;
}

void guarded_socket::grant(connection_slot& slot) {
  constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
  if (slot.reading && slot.socket.is_open())
    ::send(slot.socket.native_handle(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace logstream::http
