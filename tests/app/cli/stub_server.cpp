// SPDX-License-Identifier: MIT
// The stub's loop: accept, read one request, answer, close.
#include "tests/app/cli/stub_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace logstream::test {

namespace {

constexpr int patience_milliseconds = 5'000;

stub_request read_request(int connection) {
  std::string text;
  std::size_t wanted = std::string::npos;
  std::size_t head = std::string::npos;
  char buffer[16384];
  while (text.size() < wanted) {
    const ssize_t count = ::recv(connection, buffer, sizeof buffer, 0);
    if (count <= 0)
      break;
    text.append(buffer, static_cast<std::size_t>(count));
    if (head != std::string::npos)
      continue;
    head = text.find("\r\n\r\n");
    if (head == std::string::npos)
      continue;
    const std::string name = "Content-Length: ";
    const std::size_t at = text.find(name);
    const std::size_t length = at < head ? std::stoul(text.substr(at + name.size())) : 0;
    wanted = head + 4 + length;
  }
  if (head == std::string::npos)
    return {};
  const std::size_t end = text.find("\r\n");
  return {text.substr(0, end), text.substr(end + 2, head - end), text.substr(head + 4)};
}

}  // namespace

stub_server::stub_server(std::vector<std::string> answers) : answers_(std::move(answers)) {
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const name = reinterpret_cast<sockaddr*>(&address);
  if (::bind(listener_, name, size) != 0 || ::listen(listener_, 16) != 0 ||
      ::getsockname(listener_, name, &size) != 0)
    throw std::system_error{errno, std::generic_category(), "stub server"};
  port_ = ntohs(address.sin_port);
  thread_ = std::thread{[this] { run(); }};
}

stub_server::~stub_server() {
  requests();
  ::close(listener_);
}

std::string stub_server::url() const {
  return "127.0.0.1:" + std::to_string(port_);
}

const std::vector<stub_request>& stub_server::requests() {
  if (thread_.joinable())
    thread_.join();
  return requests_;
}

void stub_server::run() {
  for (const std::string& each : answers_) {
    pollfd ready{listener_, POLLIN, 0};
    if (::poll(&ready, 1, patience_milliseconds) <= 0)
      return;
    const int connection = ::accept(listener_, nullptr, nullptr);
    requests_.push_back(read_request(connection));
    if (!each.empty())
      ::send(connection, each.data(), each.size(), MSG_NOSIGNAL);
    ::close(connection);
  }
}

std::string answer(int status, const std::string& body, const std::string& headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " Answer\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers +
         "\r\n" + body;
}

}  // namespace logstream::test
