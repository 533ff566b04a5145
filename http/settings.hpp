// SPDX-License-Identifier: MIT
// The settings of the HTTP server.
#pragma once

#include "engine/base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace logstream::http {

struct settings {
  /// An IP address; "::" and "0.0.0.0" are all interfaces.
  std::string address = "127.0.0.1";
  /// 0 takes any free port.
  std::uint16_t port = 8080;
  /// I/O threads. They share nothing; the kernel spreads connections over them.
  std::size_t threads = 1;
  /// Connections beyond wait in the kernel's queue until others close.
  std::size_t max_connections = 10'000;
  std::size_t max_url_bytes = 8 * 1024;
  /// Header fields of a request, and the size of each name and value. All fields together: 80 KiB at most.
  std::size_t max_headers = 100;
  std::size_t max_header_bytes = 8 * 1024;
  /// Bodies as they arrive, before they are unpacked.
  std::size_t max_body_bytes = 64 * 1024 * 1024;
  /// Bytes of read buffer that each connection holds.
  std::size_t buffer_bytes = 64 * 1024;
  /// How long a request may take to arrive, and how long a kept connection may be idle.
  std::chrono::milliseconds read_timeout{60'000};
  /// How long a client may take to receive one piece of an answer.
  std::chrono::milliseconds write_timeout{30'000};
  /// How long until a request that nobody answered gets 504. Above every deadline of the actors.
  std::chrono::milliseconds handle_timeout{120'000};
  /// How often the time-outs are looked at.
  std::chrono::milliseconds timeout_granularity{1'000};
  /// Origins that browsers may call from; "*" allows all.
  std::vector<std::string> cors_origins;
  /// The most events that one GET /logs may ask for.
  std::uint64_t max_query_limit = 1'000'000;
  /// The time that `from=15m` counts back from; the machine's if null. Must outlive the server.
  const clock* now = nullptr;
};

}  // namespace logstream::http
