// SPDX-License-Identifier: MIT
// The service's own figures as one value.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/level.hpp"
#include "engine/store/quarantine.hpp"
#include "messages/answer.hpp"
#include "messages/ingest.hpp"

#include <array>
#include <cstdint>
#include <memory>

namespace logstream {

/// What the router holds and refused.
struct router_figures {
  std::uint64_t requests_in_flight = 0;
  std::uint64_t bytes_in_flight = 0;
  std::uint64_t events_waiting = 0;
  std::uint64_t refused_requests = 0;
  std::uint64_t refused_events = 0;
};

/// What the store holds.
struct store_figures {
  std::uint64_t events = 0;
  /// Memory held, and the part of it that is not of evicted events.
  std::uint64_t bytes = 0;
  std::uint64_t live_bytes = 0;
  std::uint64_t batches = 0;
  std::uint64_t evicted_events = 0;
  std::uint64_t evictions = 0;
  std::uint64_t merges = 0;
  /// Files of sealed events, and their bytes.
  std::uint64_t segments = 0;
  std::uint64_t disk_bytes = 0;
  /// Queries started, and those that run now.
  std::uint64_t queries = 0;
  std::uint64_t running_queries = 0;
  std::array<std::uint64_t, level_count> by_level{};
  /// Damaged files that were put aside.
  quarantine_figures quarantined;
};

/// What alerting did.
struct alert_figures {
  std::uint64_t rules = 0;
  std::uint64_t firing = 0;
  std::uint64_t fired = 0;
  std::uint64_t resolved = 0;
  std::uint64_t deliveries = 0;
  std::uint64_t delivery_failures = 0;
  std::uint64_t deliveries_dropped = 0;
};

/// Everything GET /stats tells. Rates are events a second.
struct service_figures {
  double uptime_seconds = 0;
  double current_throughput = 0;
  double average_throughput = 0;
  /// Sums over the life of the process; dropped are events that were refused or could not be stored.
  ingest_tally ingest;
  std::uint64_t dropped = 0;
  router_figures router;
  store_figures store;
  alert_figures alerts;
  std::uint64_t buffer_size = 0;
  std::uint64_t restarts = 0;
};
using service_figures_ptr = std::shared_ptr<const service_figures>;

/// The latency in microseconds that `quantile` (0 to 1) of the answers of `tally` kept; 0 without answers. At
/// most one bucket too high.
std::uint32_t latency_quantile(const ingest_tally& tally, double quantile);

}  // namespace logstream
