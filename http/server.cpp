// SPDX-License-Identifier: MIT
// The HTTP server: its I/O threads together.
#include "http/server.hpp"

#include "http/io/io_thread.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace logstream::http {

namespace {

// The usual soft limit of 1,024 descriptors is below what we offer.
void allow_descriptors(std::size_t wanted) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

class server::implementation {
 public:
  implementation(settings with, service_handles_ptr handles, root_actor root)
      : with_(std::move(with)), handles_(std::move(handles)), root_(std::move(root)) {}

  ~implementation() { stop(std::chrono::milliseconds{0}); }

  result<std::uint16_t> start() {
    constexpr std::size_t descriptors_for_others = 256;
    allow_descriptors(with_.max_connections + descriptors_for_others);
    const std::size_t count = std::max<std::size_t>(with_.threads, 1);
    settings each = with_;
    each.max_connections = std::max<std::size_t>(with_.max_connections / count, 1);
    std::uint16_t port = with_.port;
    std::vector<std::shared_ptr<io_thread>> listening;
    // The first tries alone whether the port is free: sockets that share one would join another process's.
    if (count > 1 && port != 0)
      if (auto free = std::make_shared<io_thread>(each, nullptr, root_actor{})->listen(port, false); !free)
        return free;
    for (std::size_t i = 0; i < count; ++i) {
      auto made = std::make_shared<io_thread>(each, handles_, root_);
      auto bound = made->listen(port, count > 1);
      if (!bound)
        return bound;
      port = *bound;
      listening.push_back(std::move(made));
    }
    threads_ = std::move(listening);
    for (const auto& thread : threads_) thread->start();
    return port;
  }

  void rewire(service_handles_ptr handles) {
    handles_ = handles;
    for (const auto& thread : threads_) thread->rewire(handles);
  }

  std::size_t stop(std::chrono::milliseconds grace) {
    for (const auto& thread : threads_) thread->drain(grace);
    std::size_t cut = 0;
    for (const auto& thread : threads_) cut += thread->join();
    threads_.clear();
    handles_ = nullptr;
    root_ = nullptr;
    return cut;
  }

 private:
  settings with_;
  service_handles_ptr handles_;
  root_actor root_;
  std::vector<std::shared_ptr<io_thread>> threads_;
};

server::server(settings with, service_handles_ptr handles, root_actor root)
    : implementation_(
          std::make_unique<implementation>(std::move(with), std::move(handles), std::move(root))) {}

server::~server() = default;

result<std::uint16_t> server::start() {
  return implementation_->start();
}

void server::rewire(service_handles_ptr handles) {
  implementation_->rewire(std::move(handles));
}

std::size_t server::stop(std::chrono::milliseconds grace) {
  return implementation_->stop(grace);
}

}  // namespace logstream::http
