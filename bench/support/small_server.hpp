// SPDX-License-Identifier: MIT
// A RESTinio server on loopback with one I/O thread, for the programs that stand at the other end of a
// benchmark.
#pragma once

#include <restinio/all.hpp>

#include <csignal>
#include <cstdint>
#include <iostream>
#include <utility>

namespace logstream::bench {

/// Serves with `handler` until SIGINT or SIGTERM; prints the port as first line. Port 0 takes a free one.
template <class Handler>
void serve(std::uint16_t port, Handler handler) {
  using traits = restinio::default_single_thread_traits_t;
  restinio::asio_ns::io_context context{1};
  restinio::http_server_t<traits> server{restinio::external_io_context(context), [&](auto& settings) {
                                           settings.address("127.0.0.1")
                                               .port(port)
                                               .buffer_size(64 * 1024)
                                               .max_pipelined_requests(1)
                                               .concurrent_accepts_count(16)
                                               .socket_options_setter([](auto& options) {
                                                 restinio::asio_ns::ip::tcp::no_delay no_delay{true};
                                                 options.set_option(no_delay);
                                               })
                                               .acceptor_post_bind_hook([](auto& acceptor) {
                                                 std::cout << acceptor.local_endpoint().port() << std::endl;
                                               })
                                               .request_handler(std::move(handler));
                                         }};
  restinio::asio_ns::signal_set signals{context, SIGINT, SIGTERM};
  signals.async_wait([&](const auto&, int) { context.stop(); });
  server.open_sync();
  context.run();
}

}  // namespace logstream::bench
