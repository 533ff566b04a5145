// SPDX-License-Identifier: MIT
// Sockets and requests of the bench programs.
#include "bench/support/http_client.hpp"

#include "bench/support/arguments.hpp"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace logstream::bench {

url url::parse(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  const auto whole = std::string{text};
  if (!text.starts_with(scheme))
    give_up("not a http:// URL: " + whole);
  text.remove_prefix(scheme.size());
  const auto slash = std::min(text.find('/'), text.size());
  url parsed;
  parsed.target = slash < text.size() ? std::string{text.substr(slash)} : "/";
  text = text.substr(0, slash);
  const auto colon = std::min(text.find(':'), text.size());
  parsed.host = text.substr(0, colon);
  if (colon < text.size()) {
    const auto digits = text.substr(colon + 1);
    if (std::from_chars(digits.data(), digits.data() + digits.size(), parsed.port).ec != std::errc{})
      give_up("no port number in " + whole);
  }
  if (parsed.host == "localhost")
    parsed.host = "127.0.0.1";
  return parsed;
}

int dial(const url& server) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port);
  if (inet_pton(AF_INET, server.host.c_str(), &address.sin_addr) != 1)
    give_up("not a numeric address: " + server.host);
  const int handle = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  setsockopt(handle, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (connect(handle, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    give_up("cannot connect to " + server.host + ':' + std::to_string(server.port) + ": " +
            std::strerror(errno));
  return handle;
}

std::string request_head(std::string_view method, const url& where, std::string_view content_type,
                         std::size_t length) {
  std::string head;
  head.append(method).append(" ").append(where.target).append(" HTTP/1.1\r\nHost: ").append(where.host);
  head.append(":").append(std::to_string(where.port)).append("\r\n");
  if (length > 0 || method == "POST" || method == "PUT") {
    head.append("Content-Type: ").append(content_type).append("\r\nContent-Length: ");
    head.append(std::to_string(length)).append("\r\n");
  }
  return head.append("\r\n");
}

http_client::~http_client() {
  if (socket_ >= 0)
    close(socket_);
}

const reply_reader& http_client::call(std::string_view method, const url& where, std::string_view body,
                                      std::string_view content_type) {
  if (socket_ < 0)
    socket_ = dial(server_);
  auto request = request_head(method, where, content_type, body.size());
  request += body;
  for (std::string_view left = request; !left.empty();) {
    const auto sent = send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0)
      give_up(std::string{"cannot send a request: "} + std::strerror(errno));
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  reply_.reset();
  std::array<char, 65536> buffer;
  while (!reply_.complete()) {
    const auto received = recv(socket_, buffer.data(), buffer.size(), 0);
    if (received <= 0 || !reply_.feed({buffer.data(), static_cast<std::size_t>(received)}))
      give_up("the server gave no proper answer to " + std::string{method} + ' ' + where.target);
  }
  if (reply_.closes()) {
    close(socket_);
    socket_ = -1;
  }
  return reply_;
}

}  // namespace logstream::bench
