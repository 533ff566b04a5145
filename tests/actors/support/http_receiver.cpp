// SPDX-License-Identifier: MIT
// Plain sockets, one connection at a time.
#include "tests/actors/support/http_receiver.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace logstream::test {

namespace {

constexpr int deadline_ms = 20'000;

bool readable(int socket) {
  pollfd what{socket, POLLIN, 0};
  return poll(&what, 1, deadline_ms) == 1;
}

// Binds a socket to a free port, and says which.
int bound_socket(std::uint16_t& port) {
  const int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (made < 0 || bind(made, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      getsockname(made, reinterpret_cast<sockaddr*>(&address), &size) != 0)
    throw std::runtime_error{"no port to listen on"};
  port = ntohs(address.sin_port);
  return made;
}

// Appends what arrives to `text`; false when nothing more does.
bool read_more(int connection, std::string& text) {
  std::array<char, 4096> piece{};
  const ssize_t size = readable(connection) ? recv(connection, piece.data(), piece.size(), 0) : 0;
  if (size <= 0)
    return false;
  text.append(piece.data(), static_cast<std::size_t>(size));
  return true;
}

std::size_t body_size(std::string_view head) {
  constexpr std::string_view name{"Content-Length: "};
  const std::size_t at = head.find(name);
  return at == std::string_view::npos ? 0 : std::stoul(std::string{head.substr(at + name.size(), 12)});
}

// One request, head and body; empty if the connection ends before.
std::string read_request(int connection) {
  std::string text;
  std::size_t head = std::string::npos;
  while ((head = text.find("\r\n\r\n")) == std::string::npos)
    if (!read_more(connection, text))
      return "";
  while (text.size() < head + 4 + body_size(text))
    if (!read_more(connection, text))
      return "";
  return text;
}

}  // namespace

scripted_reply reply(int status, const std::string& headers) {
  return {"HTTP/1.1 " + std::to_string(status) + " Scripted\r\nContent-Length: 0\r\n" + headers + "\r\n"};
}

http_receiver::http_receiver(std::vector<scripted_reply> script) : listener_(bound_socket(port_)) {
  if (listen(listener_, 16) != 0)
    throw std::runtime_error{"cannot listen"};
  requests_ = std::async(std::launch::async, [this, script = std::move(script)] { return serve(script); });
}

http_receiver::~http_receiver() {
  // Ends a wait for a connection that does not come.
  shutdown(listener_, SHUT_RDWR);
  if (requests_.valid())
    requests_.wait();
  close(listener_);
}

std::vector<std::string> http_receiver::serve(std::vector<scripted_reply> script) {
  std::vector<std::string> requests;
  int connection = -1;
  while (requests.size() < script.size()) {
    if (connection < 0) {
      if (!readable(listener_) || (connection = accept(listener_, nullptr, nullptr)) < 0)
        break;
      ++connections_;
    }
    std::string request = read_request(connection);
    if (request.empty()) {
      close(std::exchange(connection, -1));
      continue;
    }
    const std::string& answer = script[requests.size()].text;
    requests.push_back(std::move(request));
    if (send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0)
      break;
    // An unanswered request is over when the other side gives up.
    std::string ignored;
    while (answer.empty() && read_more(connection, ignored)) {
    }
  }
  if (connection >= 0)
    close(connection);
  return requests;
}

std::string dead_url() {
  std::uint16_t port = 0;
  close(bound_socket(port));
  return "http://127.0.0.1:" + std::to_string(port) + "/";
}

}  // namespace logstream::test
