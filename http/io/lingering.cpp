// SPDX-License-Identifier: MIT
// Lingering close.
#include "http/io/lingering.hpp"

#include <asio/buffer.hpp>
#include <asio/steady_timer.hpp>

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <memory>
#include <utility>

namespace logstream::http {

namespace {

constexpr std::chrono::seconds patience{5};
// A client that pushes on after it was told to stop is cut off here.
constexpr std::size_t most_ignored_bytes = 256 * 1024 * 1024;

class lingering_connection : public std::enable_shared_from_this<lingering_connection> {
 public:
  lingering_connection(plain_socket socket, connection_list& in)
      : timer_(socket.get_executor()), slot_(std::move(socket), in) {}

  void start(const std::string& last_words) {
    ::send(slot_.socket.native_handle(), last_words.data(), last_words.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    asio::error_code ignored;
    slot_.socket.shutdown(plain_socket::shutdown_send, ignored);
    timer_.expires_after(patience);
    timer_.async_wait([self = shared_from_this()](const asio::error_code& cancelled) {
      if (!cancelled)
        self->close();
    });
    read();
  }

 private:
  void read() {
    slot_.socket.async_read_some(
        asio::buffer(sink_), [self = shared_from_this()](const asio::error_code& fault, std::size_t size) {
          self->ignored_bytes_ += size;
          if (fault || self->ignored_bytes_ > most_ignored_bytes)
            self->close();
          else
            self->read();
        });
  }

  void close() {
    asio::error_code ignored;
    slot_.socket.close(ignored);
    slot_.leave();
    timer_.cancel();
  }

  asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>,
                             asio::io_context::executor_type>
      timer_;
  connection_slot slot_;
  std::size_t ignored_bytes_ = 0;
  std::array<char, 16 * 1024> sink_;
};

}  // namespace

void linger(plain_socket socket, const std::string& last_words, connection_list& in) {
  std::make_shared<lingering_connection>(std::move(socket), in)->start(last_words);
}

}  // namespace logstream::http
