// SPDX-License-Identifier: MIT
// An HTTP client that does exactly what a test says, byte by byte, and waits for nothing without a deadline.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace logstream::test {

struct http_answer {
  int status = 0;
  /// By lower-case name.
  std::map<std::string, std::string> headers;
  std::string body;
  /// The body ended as its head promised.
  bool complete = false;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
  }
};

/// One connection to 127.0.0.1. Throws std::runtime_error where the network does what no test expects.
class raw_client {
 public:
  explicit raw_client(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (receive_buffer != 0)
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) {
      ::close(socket_);
      throw std::runtime_error("cannot connect");
    }
  }
  raw_client(const raw_client&) = delete;
  raw_client& operator=(const raw_client&) = delete;
  ~raw_client() { close(); }

  /// False once the server has closed.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0)
        return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  bool send_bytewise(std::string_view bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [this](const char& c) { return send({&c, 1}); });
  }

  /// The next answer; interim ones (1xx) are answers of their own. Nothing if the server closes before a
  /// whole head.
  std::optional<http_answer> receive(bool to_head = false) {
    const auto head_end = wait_for("\r\n\r\n", 0);
    if (!head_end)
      return std::nullopt;
    http_answer out = parse_head(std::string_view(input_).substr(0, *head_end));
    input_.erase(0, *head_end);
    if (to_head || out.status / 100 == 1 || out.status == 204)
      out.complete = true;
    else if (out.header("transfer-encoding") == "chunked")
      receive_chunks(out);
    else if (const std::string size = out.header("content-length"); !size.empty())
      receive_sized(out, std::stoull(size));
    else
      receive_rest(out);
    return out;
  }

  /// Sends a request and takes its answer.
  http_answer ask(std::string_view request) {
    send(request);
    auto out = receive(request.starts_with("HEAD "));
    if (!out)
      throw std::runtime_error("closed without an answer");
    return *out;
  }

  /// Waits until the server closes; false if it sends something instead or keeps the connection for
  /// `patience`.
  bool closes(std::chrono::milliseconds patience = default_patience) {
    deadline_ = std::chrono::steady_clock::now() + patience;
    return input_.empty() && !fill() && !timed_out_ && input_.empty();
  }

  /// What arrived and belongs to no answer yet; waits for some if there is none. Empty when the server
  /// closed.
  std::string receive_some() {
    deadline_ = std::chrono::steady_clock::now() + default_patience;
    if (input_.empty())
      fill();
    return std::exchange(input_, {});
  }

  void end_output() { ::shutdown(socket_, SHUT_WR); }
  /// Drops the connection the hard way.
  void reset() {
    const linger hard{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
    close();
  }
  void close() {
    if (socket_ >= 0)
      ::close(std::exchange(socket_, -1));
  }

 private:
  static constexpr std::chrono::seconds default_patience{20};

  static http_answer parse_head(std::string_view head) {
    http_answer out;
    std::from_chars(head.data() + 9, head.data() + 12, out.status);
    for (std::size_t at = head.find("\r\n") + 2; at < head.size() - 2;) {
      const std::size_t end = head.find("\r\n", at);
      const std::string_view line = head.substr(at, end - at);
      const std::size_t colon = line.find(": ");
      std::string name(line.substr(0, colon));
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
      out.headers[name] = line.substr(colon + 2);
      at = end + 2;
    }
    return out;
  }

  // Reads once; false at the end or the deadline.
  bool fill() {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - std::chrono::steady_clock::now());
    pollfd wait{socket_, POLLIN, 0};
    timed_out_ = ::poll(&wait, 1, static_cast<int>(std::max<std::int64_t>(left.count(), 0))) == 0;
    if (timed_out_)
      return false;
    char bytes[65536];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    if (size <= 0)
      return false;
    input_.append(bytes, static_cast<std::size_t>(size));
    return true;
  }

  void start_waiting() { deadline_ = std::chrono::steady_clock::now() + default_patience; }

  // The position behind `sign`.
  std::optional<std::size_t> wait_for(std::string_view sign, std::size_t from) {
    start_waiting();
    for (;;) {
      if (const std::size_t at = input_.find(sign, from); at != std::string::npos)
        return at + sign.size();
      if (!fill())
        return std::nullopt;
    }
  }

  bool wait_for_size(std::size_t size) {
    start_waiting();
    while (input_.size() < size)
      if (!fill())
        return false;
    return true;
  }

  void receive_sized(http_answer& out, std::size_t size) {
    out.complete = wait_for_size(size);
    out.body = input_.substr(0, size);
    input_.erase(0, size);
  }

  void receive_chunks(http_answer& out) {
    for (;;) {
      const auto line = wait_for("\r\n", 0);
      if (!line)
        return;
      std::size_t size = 0;
      std::from_chars(input_.data(), input_.data() + *line, size, 16);
      input_.erase(0, *line);
      if (!wait_for_size(size + 2))
        return;
      out.body.append(input_, 0, size);
      input_.erase(0, size + 2);
      if (size == 0) {
        out.complete = true;
        return;
      }
    }
  }

  void receive_rest(http_answer& out) {
    start_waiting();
    while (fill()) {
    }
    out.complete = !timed_out_;
    out.body = std::exchange(input_, {});
  }

  int socket_;
  std::string input_;
  std::chrono::steady_clock::time_point deadline_;
  bool timed_out_ = false;
};

}  // namespace logstream::test
