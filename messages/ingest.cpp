// SPDX-License-Identifier: MIT
// Latency buckets, and sums of tallies.
#include "messages/ingest.hpp"

#include <algorithm>

namespace logstream {

std::size_t latency_bucket(std::uint64_t microseconds) {
  return static_cast<std::size_t>(
      std::lower_bound(latency_bounds.begin(), latency_bounds.end(), microseconds) - latency_bounds.begin());
}

ingest_tally& ingest_tally::operator+=(const ingest_tally& other) {
  requests += other.requests;
  accepted += other.accepted;
  lost += other.lost;
  rejected += other.rejected;
  bytes += other.bytes;
  for (std::size_t i = 0; i < by_level.size(); ++i) by_level[i] += other.by_level[i];
  for (std::size_t i = 0; i < latency.size(); ++i) latency[i] += other.latency[i];
  return *this;
}

}  // namespace logstream
