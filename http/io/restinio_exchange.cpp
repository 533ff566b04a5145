// SPDX-License-Identifier: MIT
// Requests read from, answers written to RESTinio's connections, without its message builders: they cannot
// write a head without a body, and cost more than the rest of a small answer.
#include "http/io/restinio_exchange.hpp"

#include "http/problem.hpp"

#include <asio/post.hpp>

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace logstream::http {

namespace {

// Bodies below are sent in one piece of memory with their head.
constexpr std::size_t small_body = 4096;

method method_of(const restinio::http_method_id_t& id) {
  if (id == restinio::http_method_post())
    return method::post;
  if (id == restinio::http_method_get())
    return method::get;
  if (id == restinio::http_method_head())
    return method::head;
  if (id == restinio::http_method_put())
    return method::put;
  if (id == restinio::http_method_delete())
    return method::del;
  return id == restinio::http_method_options() ? method::options : method::other;
}

// What follows scheme and authority, if the target has them.
std::string_view without_authority(std::string_view target) {
  if (target.starts_with('/'))
    return target;
  const std::size_t scheme = target.find("://");
  if (scheme == std::string_view::npos)
    return target;
  const std::size_t path = target.find('/', scheme + 3);
  return path == std::string_view::npos ? std::string_view{"/"} : target.substr(path);
}

std::string chunk_head(std::size_t size) {
  std::array<char, 16> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), size, 16).ptr;
  return std::string(digits.data(), end) + "\r\n";
}

class restinio_exchange final : public exchange {
 public:
  restinio_exchange(restinio::request_handle_t request, exchange_options how)
      : how_(std::move(how)),
        request_(std::move(request)),
        connection_(std::move(restinio::impl::access_req_connection(*request_))) {
    const auto& head = request_->header();
    verb = method_of(head.method());
    std::string_view target = without_authority(head.request_target());
    target = target.substr(0, target.find('#'));
    const std::size_t mark = target.find('?');
    path = target.substr(0, mark);
    query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    body = request_->body();
    // An HTTP/1.1 client says so if it wants to close; what closes without a word is older.
    if (how_.version == protocol::http_1_1 && !head.should_keep_alive() &&
        head.connection() == restinio::http_connection_header_t::close && !head.has_field("Connection"))
      how_.version = protocol::http_1_0;
    version = how_.version;
    close_ = how_.last || !head.should_keep_alive();
  }

  ~restinio_exchange() override {
    if (connection_ == nullptr)
      return;
    if (begun_)
      cut();
    else
      send(problem(503, "the part that handles this request is restarting", path));
  }

  std::string_view field(std::string_view name) const override {
    const auto* found = request_->header().try_get_field(restinio::string_view_t{name.data(), name.size()});
    return found == nullptr ? std::string_view{} : std::string_view{*found};
  }

  void send(response what) override {
    if (connection_ == nullptr)
      return;
    std::string text = head_of(what, framing::content_length, what.body.size());
    restinio::writable_items_container_t items;
    if (verb == method::head || what.status == 204)
      what.body.clear();
    if (what.body.size() < small_body) {
      text += what.body;
      items.emplace_back(std::move(text));
    } else {
      items.reserve(2);
      items.emplace_back(std::move(text));
      items.emplace_back(std::move(what.body));
    }
    write_items(std::move(items), true, nullptr);
  }

  void begin(response what, std::string piece, on_written then) override {
    if (connection_ == nullptr)
      return then(false);
    begun_ = true;
    framing_ = old() ? framing::until_close : framing::chunked;
    close_ = close_ || framing_ == framing::until_close;
    restinio::writable_items_container_t items;
    items.emplace_back(head_of(what, framing_, 0));
    if (verb == method::head) {
      write_items(std::move(items), true, nullptr);
      return then(false);
    }
    add_piece(items, std::move(piece));
    write_items(std::move(items), false, std::move(then));
  }

  void write(std::string piece, on_written then) override {
    if (connection_ == nullptr)
      return then(false);
    restinio::writable_items_container_t items;
    add_piece(items, std::move(piece));
    write_items(std::move(items), false, std::move(then));
  }

  void end(std::string last_piece) override {
    if (connection_ == nullptr)
      return;
    restinio::writable_items_container_t items;
    add_piece(items, std::move(last_piece));
    if (framing_ == framing::chunked)
      items.emplace_back(restinio::const_buffer("0\r\n\r\n", 5));
    write_items(std::move(items), true, nullptr);
  }

  void cut() override {
    if (connection_ == nullptr)
      return;
    close_ = true;
    write_items({}, true, nullptr);
  }

 private:
  bool old() const { return version != protocol::http_1_1; }

  std::string head_of(const response& what, framing how, std::size_t size) const {
    std::string out;
    out.reserve(256 + (size < small_body ? size : 0));
    append_head(out, what, {how, size, close_, old(), allow_origin});
    return out;
  }

  void add_piece(restinio::writable_items_container_t& items, std::string piece) const {
    if (piece.empty())
      return;
    if (framing_ == framing::chunked)
      items.emplace_back(chunk_head(piece.size()));
    items.emplace_back(std::move(piece));
    if (framing_ == framing::chunked)
      items.emplace_back(restinio::const_buffer("\r\n", 2));
  }

  void write_items(restinio::writable_items_container_t items, bool final, on_written then) {
    restinio::write_group_t group{std::move(items)};
    if (then)
      group.after_write_notificator(
          [then = std::move(then)](const asio::error_code& fault) { then(!fault); });
    const restinio::response_output_flags_t flags{final ? restinio::response_parts_attr_t::final_parts
                                                        : restinio::response_parts_attr_t::not_final_parts,
                                                  restinio::response_connection_attr(!close_)};
    // Posted even from the I/O thread: RESTinio breaks a connection whose pipelined requests are answered
    // within their handlers.
    asio::post(*how_.on, [to = final ? std::move(connection_) : connection_, id = request_->request_id(),
                          flags, group = std::move(group)]() mutable {
      to->write_response_parts(id, flags, std::move(group));
    });
  }

  // The order matters: the keeper holds what the connection needs to the end.
  exchange_options how_;
  restinio::request_handle_t request_;
  restinio::impl::connection_handle_t connection_;
  framing framing_ = framing::content_length;
  bool begun_ = false;
  bool close_ = false;
};

}  // namespace

exchange_ptr make_exchange(restinio::request_handle_t request, exchange_options how) {
  return std::make_shared<restinio_exchange>(std::move(request), std::move(how));
}

}  // namespace logstream::http
