// SPDX-License-Identifier: MIT
// Durations that were measured, and their quantiles.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <vector>

namespace logstream::bench {

using stopwatch = std::chrono::steady_clock;

inline double seconds_since(stopwatch::time_point start) {
  return std::chrono::duration<double>(stopwatch::now() - start).count();
}

/// Keeps every sample, so that quantiles are exact.
class samples {
 public:
  void add(double value) { values_.push_back(value); }
  void clear() { values_.clear(); }
  std::size_t size() const { return values_.size(); }
  double largest() const { return quantile(1); }

  /// Returns the smallest sample that at least the share `q` of all does not exceed; 0 without samples.
  double quantile(double q) const {
    if (values_.empty())
      return 0;
    auto sorted = values_;
    const auto rank = static_cast<std::size_t>(std::ceil(q * static_cast<double>(sorted.size())));
    const auto at =
        sorted.begin() + static_cast<std::ptrdiff_t>(std::clamp<std::size_t>(rank, 1, sorted.size()) - 1);
    std::nth_element(sorted.begin(), at, sorted.end());
    return *at;
  }

 private:
  std::vector<double> values_;
};

}  // namespace logstream::bench
