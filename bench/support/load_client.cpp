// SPDX-License-Identifier: MIT
// The event loop of the load client.
#include "bench/support/load_client.hpp"

#include "bench/support/arguments.hpp"

#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>

namespace logstream::bench {

namespace {

constexpr std::size_t receive_bytes = 256 * 1024;
constexpr std::size_t refusal_excerpt = 400;

/// Returns the number after `"name":` in the text of a flat JSON object, 0 when it has none.
std::uint64_t member(std::string_view json, std::string_view name) {
  auto at = json.find(name);
  if (at == std::string_view::npos)
    return 0;
  at += name.size();
  while (at < json.size() && json[at] == ' ') ++at;
  std::uint64_t value = 0;
  std::from_chars(json.data() + at, json.data() + json.size(), value);
  return value;
}

}  // namespace

load_client::load_client(const load_options& options, const std::vector<request_body>& bodies)
    : options_(options),
      bodies_(bodies),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(options.connections),
      buffer_(receive_bytes) {
  if (bodies.empty() || options.connections == 0)
    give_up("load needs a body and a connection");
  for (std::size_t index = 0; index < connections_.size(); ++index) {
    open(index);
    idle_.push_back(index);
  }
}

load_client::~load_client() {
  for (const auto& each : connections_) close(each.socket);
  close(poll_);
}

void load_client::open(std::size_t index) {
  auto& self = connections_[index];
  self.socket = dial(options_.server);
  fcntl(self.socket, F_SETFL, O_NONBLOCK);
  watch(index, EPOLL_CTL_ADD, false);
}

void load_client::watch(std::size_t index, int operation, bool for_room) {
  auto& self = connections_[index];
  epoll_event event{};
  event.events = EPOLLIN;
  if (for_room)
    event.events |= EPOLLOUT;
  event.data.u64 = index;
  epoll_ctl(poll_, operation, self.socket, &event);
  self.waits_for_room = for_room;
}

bool load_client::exhausted() const {
  if (options_.seconds > 0 && seconds_since(begin_) >= options_.seconds)
    return true;
  if (options_.total > 0 && rows_started_ >= options_.total)
    return true;
  return !options_.repeat && next_ >= bodies_.size();
}

stopwatch::time_point load_client::due() const {
  const std::chrono::duration<double> after{static_cast<double>(rows_started_) / options_.rate};
  return begin_ + std::chrono::duration_cast<stopwatch::duration>(after);
}

void load_client::start_requests() {
  while (!idle_.empty() && !exhausted()) {
    if (options_.rate > 0 && due() > stopwatch::now())
      return;
    const auto index = idle_.front();
    idle_.pop_front();
    start(index);
  }
}

void load_client::start(std::size_t index) {
  auto& self = connections_[index];
  const auto& body = bodies_[next_ % bodies_.size()];
  self.begun = options_.rate > 0 ? due() : stopwatch::now();
  ++next_;
  rows_started_ += body.rows;
  self.body = body.text;
  if (options_.restamp) {
    stamp(self.stamped, body.text, system_clock{}.now());
    self.body = self.stamped;
  }
  self.head = request_head("POST", options_.server, options_.content_type, self.body.size());
  self.rows = body.rows;
  self.sent = 0;
  self.busy = true;
  self.reply.reset();
  if (!push(index))
    finish(index, false);
}

bool load_client::push(std::size_t index) {
  auto& self = connections_[index];
  const auto total = self.head.size() + self.body.size();
  while (self.sent < total) {
    const auto of_head = std::min(self.sent, self.head.size());
    const auto of_body = self.sent - of_head;
    std::array<iovec, 2> parts{{{self.head.data() + of_head, self.head.size() - of_head},
                                {const_cast<char*>(self.body.data()) + of_body, self.body.size() - of_body}}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const auto written = sendmsg(self.socket, &message, MSG_NOSIGNAL);
    if (written < 0 && errno != EAGAIN)
      return false;
    if (written < 0) {
      if (!self.waits_for_room)
        watch(index, EPOLL_CTL_MOD, true);
      return true;
    }
    self.sent += static_cast<std::size_t>(written);
  }
  if (self.waits_for_room)
    watch(index, EPOLL_CTL_MOD, false);
  return true;
}

bool load_client::pull(std::size_t index) {
  auto& self = connections_[index];
  const auto received = recv(self.socket, buffer_.data(), buffer_.size(), 0);
  if (received < 0)
    return errno == EAGAIN || errno == EINTR;
  return received > 0 && self.reply.feed({buffer_.data(), static_cast<std::size_t>(received)});
}

void load_client::finish(std::size_t index, bool answered) {
  auto& self = connections_[index];
  const std::chrono::duration<double, std::milli> took = stopwatch::now() - self.begun;
  report_.latency.add(took.count());
  ++report_.requests;
  report_.rows += self.rows;
  report_.bytes += self.body.size();
  const int status = answered ? self.reply.status() : 0;
  ++report_.statuses[status];
  if (answered) {
    report_.accepted += member(self.reply.body(), "\"accepted\":");
    report_.rejected += member(self.reply.body(), "\"rejected\":");
  }
  if (status >= 200 && status < 300)
    report_.kept_rows += self.rows;
  else if (report_.first_refusal.empty())
    report_.first_refusal = answered ? self.reply.body().substr(0, refusal_excerpt) : "the connection broke";
  if (!answered || self.reply.closes()) {
    close(self.socket);
    open(index);
  }
  self.busy = false;
  idle_.push_back(index);
}

int load_client::wait_limit() const {
  if (options_.rate <= 0 || idle_.empty() || exhausted())
    return -1;
  const std::chrono::duration<double, std::milli> ahead = due() - stopwatch::now();
  return std::max(0, static_cast<int>(std::ceil(ahead.count())));
}

load_report load_client::run() {
  begin_ = stopwatch::now();
  std::array<epoll_event, 256> events;
  while (true) {
    start_requests();
    if (idle_.size() == connections_.size() && exhausted())
      break;
    const int ready = epoll_wait(poll_, events.data(), static_cast<int>(events.size()), wait_limit());
    for (int each = 0; each < ready; ++each) {
      const auto index = static_cast<std::size_t>(events[static_cast<std::size_t>(each)].data.u64);
      const auto happened = events[static_cast<std::size_t>(each)].events;
      auto& self = connections_[index];
      bool alive = true;
      if ((happened & EPOLLOUT) != 0 && self.busy)
        alive = push(index);
      if (alive && (happened & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0)
        alive = pull(index);
      if (self.busy && (!alive || self.reply.complete())) {
        finish(index, alive);
      } else if (!alive) {
        close(self.socket);
        open(index);
      }
    }
  }
  report_.seconds = seconds_since(begin_);
  return std::move(report_);
}

}  // namespace logstream::bench
