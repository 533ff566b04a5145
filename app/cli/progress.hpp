// SPDX-License-Identifier: MIT
// How far a long job is, on one line.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace logstream {

struct progress {
  /// Work done and all of it, in any unit; without a total neither bar nor time left are shown.
  std::uint64_t done = 0;
  std::optional<std::uint64_t> total;
  std::uint64_t events = 0;
  std::chrono::duration<double> elapsed{0};
};

/// Returns a line of at most `width` columns: bar, percentage, events, rate and the time left.
std::string progress_line(const progress& at, int width);

/// Prints `1,234,567`.
std::string grouped(std::uint64_t number);

}  // namespace logstream
