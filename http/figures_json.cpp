// SPDX-License-Identifier: MIT
// Figures as JSON.
#include "http/figures_json.hpp"

#include <nlohmann/json.hpp>

namespace logstream::http {

namespace {

using json = nlohmann::ordered_json;

json levels_json(const std::array<std::uint64_t, level_count>& counts) {
  json out = json::object();
  for (const level each : all_levels)
    out[std::string(to_string(each))] = counts[static_cast<std::size_t>(each)];
  return out;
}

json quarantine_json(const quarantine_figures& quarantined) {
  return {{"files", quarantined.files}, {"bytes", quarantined.bytes}, {"names", quarantined.names}};
}

json latency_json(const ingest_tally& tally) {
  const auto milliseconds = [&](double quantile) { return latency_quantile(tally, quantile) / 1000.0; };
  return {{"p50", milliseconds(0.5)}, {"p90", milliseconds(0.9)}, {"p99", milliseconds(0.99)}};
}

}  // namespace

std::string figures_json(const service_figures& figures) {
  const json out = {
      {"total_processed", figures.ingest.accepted},
      {"total_rejected", figures.ingest.rejected},
      {"total_dropped", figures.dropped},
      {"total_requests", figures.ingest.requests},
      {"uptime_seconds", figures.uptime_seconds},
      {"avg_throughput", figures.average_throughput},
      {"current_throughput", figures.current_throughput},
      {"logs_in_storage", figures.store.events},
      {"bytes", {{"ingested", figures.ingest.bytes}, {"storage", figures.store.bytes}}},
      {"levels", levels_json(figures.ingest.by_level)},
      {"buffer",
       {{"events_waiting", figures.router.events_waiting},
        {"size", figures.buffer_size},
        {"requests_in_flight", figures.router.requests_in_flight},
        {"bytes_in_flight", figures.router.bytes_in_flight},
        {"refused_requests", figures.router.refused_requests},
        {"refused_events", figures.router.refused_events}}},
      {"store",
       {{"events", figures.store.events},
        {"bytes", figures.store.bytes},
        {"batches", figures.store.batches},
        {"segments", figures.store.segments},
        {"disk_bytes", figures.store.disk_bytes},
        {"evicted_events", figures.store.evicted_events},
        {"evictions", figures.store.evictions},
        {"merges", figures.store.merges},
        {"queries", figures.store.queries},
        {"running_queries", figures.store.running_queries},
        {"quarantine", quarantine_json(figures.store.quarantined)},
        {"levels", levels_json(figures.store.by_level)}}},
      {"alerts",
       {{"rules", figures.alerts.rules},
        {"firing", figures.alerts.firing},
        {"fired", figures.alerts.fired},
        {"resolved", figures.alerts.resolved},
        {"deliveries", figures.alerts.deliveries},
        {"delivery_failures", figures.alerts.delivery_failures},
        {"deliveries_dropped", figures.alerts.deliveries_dropped}}},
      {"latency_ms", latency_json(figures.ingest)},
      {"restarts", figures.restarts},
  };
  return out.dump();
}

}  // namespace logstream::http
