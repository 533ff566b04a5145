// SPDX-License-Identifier: MIT
// Quantiles from buckets.
#include "messages/stats.hpp"

#include <numeric>

namespace logstream {

std::uint32_t latency_quantile(const ingest_tally& tally, double quantile) {
  const std::uint64_t all = std::accumulate(tally.latency.begin(), tally.latency.end(), std::uint64_t{0});
  if (all == 0)
    return 0;
  const double wanted = quantile * static_cast<double>(all);
  std::uint64_t seen = 0;
  for (std::size_t i = 0; i < latency_bounds.size(); ++i) {
    seen += tally.latency[i];
    if (static_cast<double>(seen) >= wanted)
      return latency_bounds[i];
  }
  return latency_bounds.back();
}

}  // namespace logstream
