// SPDX-License-Identifier: MIT
// RESTinio reads requests and writes answers here.
#include "http/io/restinio_bridge.hpp"

#include "http/io/guarded_socket.hpp"
#include "http/io/restinio_exchange.hpp"
#include "http/problem.hpp"

#include <restinio/all.hpp>

#include <exception>
#include <string>
#include <utility>

namespace logstream::http {

// RESTinio calls these two, which it has for its own sockets, before it reads from ours.
template <class Connection, class Start, class Fail>
void prepare_connection_and_start_read(guarded_socket&, Connection&, Start start, Fail) {
  start();
}
restinio::tls_socket_t* make_tls_socket_pointer_for_state_listener(guarded_socket&) noexcept {
  return nullptr;
}

namespace {

// RESTinio says only here why it closes a connection.
class fault_listener {
 public:
  explicit fault_listener(connection_list& in) : in_(in) {}

  template <class Builder>
  void trace(Builder&&) const noexcept {}
  template <class Builder>
  void info(Builder&&) const noexcept {}
  template <class Builder>
  void warn(Builder&&) const noexcept {}
  template <class Builder>
  void error(Builder&& message) {
    in_.note(refusal_for(message()));
  }

 private:
  connection_list& in_;
};

struct request_entry {
  asio::io_context* on;
  connection_list* in;
  std::weak_ptr<const void> keeper;
  request_sink to;

  restinio::request_handling_status_t operator()(restinio::request_handle_t request) const {
    auto alive = keeper.lock();
    if (alive == nullptr)
      return restinio::request_rejected();
    const protocol version = in->current != nullptr ? in->current->version : protocol::http_1_1;
    const auto made = make_exchange(std::move(request), {on, std::move(alive), version, in->draining()});
    try {
      to(made);
    } catch (const std::exception& fault) {
      made->send(problem(500, fault.what(), made->path));
    }
    return restinio::request_accepted();
  }
};

struct traits : restinio::traits_t<restinio::asio_timer_manager_t, fault_listener, request_entry,
                                   asio::io_context::executor_type, guarded_socket> {};

using connection = restinio::impl::connection_t<traits>;
using connection_settings = restinio::impl::connection_settings_t<traits>;

std::shared_ptr<connection_settings> make_settings(const settings& with, asio::io_context& on,
                                                   connection_list& in, request_entry entry) {
  restinio::server_settings_t<traits> chosen;
  chosen.buffer_size(with.buffer_bytes)
      .read_next_http_message_timelimit(with.read_timeout)
      .write_http_response_timelimit(with.write_timeout)
      .handle_request_timeout(with.handle_timeout)
      .max_pipelined_requests(1)
      .logger(in)
      .request_handler(std::make_unique<request_entry>(std::move(entry)))
      .incoming_http_msg_limits(restinio::incoming_http_msg_limits_t{}
                                    .max_url_size(with.max_url_bytes)
                                    .max_field_name_size(with.max_header_bytes)
                                    .max_field_value_size(with.max_header_bytes + 1)
                                    .max_field_count(with.max_headers)
                                    .max_body_size(with.max_body_bytes));
  auto timers = std::make_shared<restinio::asio_timer_manager_t>(on, with.timeout_granularity);
  return std::make_shared<connection_settings>(
      std::move(chosen), restinio::impl::create_parser_settings<traits::http_methods_mapper_t>(),
      std::move(timers));
}

}  // namespace

// RESTinio's own acceptor never accepts again after one failure (EMFILE), and its limiter of connections
// loses a place with each client that resets before it is accepted. So connections are accepted by io_thread
// and handed in here.
connection_opener make_connection_opener(const settings& with, asio::io_context& on, connection_list& in,
                                         std::weak_ptr<const void> keeper, request_sink to) {
  auto shared = make_settings(with, on, in, {&on, &in, std::move(keeper), std::move(to)});
  return [shared, &in, id = restinio::connection_id_t{0}](plain_socket accepted,
                                                          const asio::ip::tcp::endpoint& from) mutable {
    std::make_shared<connection>(++id, guarded_socket(std::move(accepted), in), shared, from,
                                 connection::lifetime_monitor_t{nullptr})
        ->init();
  };
}

}  // namespace logstream::http
