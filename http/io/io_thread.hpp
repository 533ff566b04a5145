// SPDX-License-Identifier: MIT
// One I/O thread with all it needs: it shares nothing with others.
#pragma once

#include "engine/base/result.hpp"
#include "http/io/connection_list.hpp"
#include "http/io/ingest_outbox.hpp"
#include "http/io/restinio_bridge.hpp"
#include "http/routes/routes.hpp"
#include "http/settings.hpp"

#include <asio/basic_socket_acceptor.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <thread>

namespace logstream::http {

/// Accepts connections and answers their requests. Functions are for the owner's thread. Lives on until the
/// last request it gave away is answered.
class io_thread : public std::enable_shared_from_this<io_thread> {
 public:
  io_thread(const settings& with, service_handles_ptr handles, root_actor root);

  /// Binds and begins to listen; several threads may listen on the same port if all `share` it.
  result<std::uint16_t> listen(std::uint16_t port, bool share);
  /// Starts the thread.
  void start();
  void rewire(service_handles_ptr handles);
  /// Begins what server::stop() promises.
  void drain(std::chrono::milliseconds grace);
  /// Waits for the thread's end; returns how many connections were cut.
  std::size_t join();

 private:
  using executor = asio::io_context::executor_type;
  using timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                           asio::wait_traits<std::chrono::steady_clock>, executor>;

  void accept();
  void accept_again_later();
  void on_fewer_connections();
  void begin_drain(std::chrono::milliseconds grace);

  // The order matters: connections leave the list when the context is destroyed.
  const settings with_;
  connection_list connections_;
  asio::io_context context_{1};
  ingest_outbox outbox_{context_};
  service service_;
  asio::basic_socket_acceptor<asio::ip::tcp, executor> acceptor_;
  timer pause_;
  timer grace_;
  asio::ip::tcp::endpoint peer_;
  connection_opener open_;
  bool accepting_ = false;
  bool ending_ = false;
  std::size_t cut_ = 0;
  std::thread thread_;
};

}  // namespace logstream::http
