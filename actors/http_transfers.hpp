// SPDX-License-Identifier: MIT
// HTTP requests under way, by libcurl's multi interface.
#pragma once

#include "messages/alerts.hpp"

#include <functional>
#include <memory>

namespace logstream {

/// All functions but wake() are for one thread.
class http_transfers {
 public:
  using callback = std::function<void(http_outcome)>;

  http_transfers();
  http_transfers(const http_transfers&) = delete;
  http_transfers& operator=(const http_transfers&) = delete;
  ~http_transfers();

  /// `done` is called once, by work() or abandon(), or at once if the request cannot even be made.
  void start(const http_request_ptr& request, callback done);
  /// Sleeps until work() has something to do or wake() is called.
  void wait();
  /// Ends the present or the next wait(). For any thread.
  void wake();
  /// Moves all transfers on without waiting.
  void work();
  /// Ends all transfers as failed.
  void abandon();

 private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

}  // namespace logstream
