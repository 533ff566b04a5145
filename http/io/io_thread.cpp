// SPDX-License-Identifier: MIT
// Accepts connections.
#include "http/io/io_thread.hpp"

#include "http/router.hpp"

#include <asio/post.hpp>

#include <sys/socket.h>

#include <utility>

namespace logstream::http {

namespace {

// After a failure to accept, mostly for want of file descriptors.
constexpr std::chrono::milliseconds accept_pause{50};

}  // namespace

io_thread::io_thread(const settings& with, service_handles_ptr handles, root_actor root)
    : with_(with),
      connections_([this] { on_fewer_connections(); }),
      service_{with_, std::move(handles), std::move(root), outbox_},
      acceptor_(context_),
      pause_(context_),
      grace_(context_) {}

result<std::uint16_t> io_thread::listen(std::uint16_t port, bool share) {
  asio::error_code fault;
  const auto address =
      asio::ip::make_address(with_.address == "localhost" ? "127.0.0.1" : with_.address, fault);
  if (fault)
    return make_error(errc::invalid, "'" + with_.address + "' is not an IP address");
  const asio::ip::tcp::endpoint at(address, port);
  acceptor_.open(at.protocol(), fault);
  if (!fault)
    acceptor_.set_option(asio::socket_base::reuse_address(true), fault);
  if (const int on = 1; !fault && share)
    ::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
  if (!fault)
    acceptor_.bind(at, fault);
  if (!fault)
    acceptor_.listen(asio::socket_base::max_listen_connections, fault);
  if (fault)
    return make_error(
        errc::io, "cannot listen on " + with_.address + ":" + std::to_string(port) + ": " + fault.message());
  return acceptor_.local_endpoint().port();
}

void io_thread::start() {
  open_ = make_connection_opener(with_, context_, connections_, weak_from_this(),
                                 [this](const exchange_ptr& request) { route(service_, request); });
  accept();
  thread_ = std::thread([this] { context_.run(); });
}

void io_thread::rewire(service_handles_ptr handles) {
  asio::post(context_,
             [this, handles = std::move(handles)]() mutable { service_.handles = std::move(handles); });
}

void io_thread::accept() {
  accepting_ = connections_.count() < with_.max_connections && !ending_;
  if (!accepting_)
    return;
  acceptor_.async_accept(peer_, [this](const asio::error_code& fault, plain_socket accepted) {
    if (ending_)
      return;
    if (fault) {
      accept_again_later();
      return;
    }
    asio::error_code ignored;
    accepted.set_option(asio::ip::tcp::no_delay(true), ignored);
    open_(std::move(accepted), peer_);
    accept();
  });
}

void io_thread::accept_again_later() {
  pause_.expires_after(accept_pause);
  pause_.async_wait([this](const asio::error_code& cancelled) {
    if (!cancelled)
      accept();
  });
}

void io_thread::on_fewer_connections() {
  if (ending_) {
    if (connections_.count() == 0)
      grace_.cancel();
  } else if (!accepting_) {
    accept();
  }
}

void io_thread::drain(std::chrono::milliseconds grace) {
  asio::post(context_, [this, grace] { begin_drain(grace); });
}

void io_thread::begin_drain(std::chrono::milliseconds grace) {
  ending_ = true;
  asio::error_code ignored;
  acceptor_.close(ignored);
  pause_.cancel();
  connections_.drain();
  if (connections_.count() == 0)
    return;
  grace_.expires_after(grace);
  grace_.async_wait([this](const asio::error_code& cancelled) {
    if (cancelled)
      return;
    cut_ = connections_.cut();
    context_.stop();
  });
}

std::size_t io_thread::join() {
  if (thread_.joinable())
    thread_.join();
  service_.handles = nullptr;
  service_.root = nullptr;
  return cut_;
}

}  // namespace logstream::http
