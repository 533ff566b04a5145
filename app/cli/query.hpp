// SPDX-License-Identifier: MIT
// `logstream query`: events that match, once or as they arrive.
#pragma once

#include "app/cli/exit_code.hpp"

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

struct query_options {
  std::string url;
  std::vector<std::string> levels;
  std::vector<std::string> services;
  std::optional<std::string> from;
  std::optional<std::string> to;
  std::optional<std::string> contains;
  bool case_sensitive = false;
  /// Each `name=value`.
  std::vector<std::string> fields;
  std::optional<std::uint64_t> limit;
  std::string order = "desc";
  std::string format = "text";
  bool follow = false;
  bool color = false;
  std::chrono::milliseconds poll{1'000};
  /// Polls of a follower before it ends; nothing is for ever.
  std::optional<std::uint64_t> polls;
};

/// The target `/logs?...` of the filters alone, without order, limit and format.
std::string filter_target(const query_options& options);

/// Writes the answer to `out`, in pages where it is long.
exit_code run_query(const query_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
