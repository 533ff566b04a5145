// SPDX-License-Identifier: MIT
// The HTTP server: its life from start to stop.
#pragma once

#include "engine/base/result.hpp"
#include "http/settings.hpp"
#include "messages/interfaces.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace logstream::http {

/// Answers HTTP by sending messages to actors. All functions are for one thread, the owner's.
class server {
 public:
  /// `root` answers GET /ready; the actors of `handles` (null while there are none: requests get 503) all
  /// else.
  server(settings with, service_handles_ptr handles, root_actor root);
  server(const server&) = delete;
  server& operator=(const server&) = delete;
  /// Cuts what stop() did not end.
  ~server();

  /// Listens; returns the port. Errors: invalid for a bad address, io where the port cannot be had.
  result<std::uint16_t> start();

  /// Requests that arrive from now on go to these actors.
  void rewire(service_handles_ptr handles);

  /// Stops accepting, closes idle connections and waits until the requests that have arrived, or begun to,
  /// are answered, at most for `grace`; then cuts what is left. The actors must still run. Returns how many
  /// connections were cut. Afterwards the server holds no handle of an actor and cannot be started again.
  std::size_t stop(std::chrono::milliseconds grace);

 private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

}  // namespace logstream::http
