// SPDX-License-Identifier: MIT
// The rate of something over the last seconds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace logstream {

/// Counts by second over a sliding window. tick() is called once a second.
class throughput {
 public:
  static constexpr std::size_t window_seconds = 10;

  void add(std::uint64_t events) { seconds_[now_] += events; }

  /// A second has passed.
  void tick() {
    if (full_seconds_ < window_seconds)
      ++full_seconds_;
    now_ = (now_ + 1) % seconds_.size();
    seconds_[now_] = 0;
  }

  /// Events a second over the full seconds of the window; before the first has passed, those counted so far.
  double per_second() const {
    std::uint64_t sum = 0;
    for (const std::uint64_t each : seconds_) sum += each;
    if (full_seconds_ == 0)
      return static_cast<double>(sum);
    return static_cast<double>(sum - seconds_[now_]) / static_cast<double>(full_seconds_);
  }

 private:
  std::array<std::uint64_t, window_seconds + 1> seconds_{};
  std::size_t now_ = 0;
  std::size_t full_seconds_ = 0;
};

}  // namespace logstream
