// SPDX-License-Identifier: MIT
// `logstream stats`: the server's figures.
#pragma once

#include "app/cli/exit_code.hpp"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <iosfwd>
#include <string>

namespace logstream {

struct stats_options {
  std::string url;
  bool json = false;
  /// Shows them again and again until interrupted.
  bool watch = false;
  std::chrono::nanoseconds interval = std::chrono::seconds{2};
};

/// The figures as lines for people.
std::string stats_text(const nlohmann::json& figures);

exit_code run_stats(const stats_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
