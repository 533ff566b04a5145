// SPDX-License-Identifier: MIT
// `logstream send`: files and pipes to the server.
#pragma once

#include "app/cli/compression.hpp"
#include "app/cli/exit_code.hpp"

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

struct send_options {
  std::string url;
  /// Paths; `-` is standard input.
  std::vector<std::string> files;
  /// For events that name none; without it the name of the file without its ending.
  std::optional<std::string> service;
  bool follow = false;
  bool multiline = false;
  bool quiet = false;
  compression packing = compression::none;
  std::size_t parallel = 4;
  std::chrono::nanoseconds patience = std::chrono::minutes{1};
};

/// Sends everything and writes one line about it to `out`, refused events and progress to `err`.
exit_code run_send(const send_options& options, std::ostream& out, std::ostream& err);

/// Returns `nginx` for `/var/log/nginx.log.1`, `stdin` for `-`.
std::string service_of_file(const std::string& path);

}  // namespace logstream
