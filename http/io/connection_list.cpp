// SPDX-License-Identifier: MIT
// The open connections of one I/O thread.
#include "http/io/connection_list.hpp"

#include <utility>

namespace logstream::http {

namespace {

// What has arrived can still be read, after that comes the end.
void end_input(plain_socket& socket) {
  asio::error_code ignored;
  socket.shutdown(plain_socket::shutdown_receive, ignored);
}

}  // namespace

connection_slot::connection_slot(plain_socket accepted, connection_list& in)
    : socket(std::move(accepted)), list_(in), next_(in.first_) {
  if (next_ != nullptr)
    next_->previous_ = this;
  in.first_ = this;
  ++in.count_;
}

connection_slot::~connection_slot() {
  leave();
}

void connection_slot::leave() {
  if (!std::exchange(listed_, false))
    return;
  (previous_ != nullptr ? previous_->next_ : list_.first_) = next_;
  if (next_ != nullptr)
    next_->previous_ = previous_;
  --list_.count_;
  list_.when_fewer_();
}

void connection_list::drain() {
  draining_ = true;
  for (connection_slot* each = first_; each != nullptr; each = each->next_)
    if (each->idle())
      end_input(each->socket);
}

std::size_t connection_list::cut() {
  std::size_t busy = 0;
  for (connection_slot* each = first_; each != nullptr; each = each->next_) {
    if (!each->idle())
      ++busy;
    asio::error_code ignored;
    each->socket.shutdown(plain_socket::shutdown_both, ignored);
  }
  return busy;
}

}  // namespace logstream::http
