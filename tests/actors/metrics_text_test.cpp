// SPDX-License-Identifier: MIT
// Figures as Prometheus reads them.
#include "actors/metrics_text.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>
#include <sstream>

namespace logstream {
namespace {

// The samples by name and labels, as they are written.
std::map<std::string, std::string> samples_of(const std::string& text) {
  std::map<std::string, std::string> samples;
  std::istringstream lines{text};
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with('#')) {
      const std::size_t space = line.rfind(' ');
      CHECK(samples.emplace(line.substr(0, space), line.substr(space + 1)).second);
    }
  return samples;
}

double value_of(const std::map<std::string, std::string>& samples, const std::string& name) {
  INFO(name);
  REQUIRE(samples.contains(name));
  return std::stod(samples.at(name));
}

TEST_CASE("Each figure has its sample") {
  service_figures figures;
  figures.uptime_seconds = 1.5;
  figures.restarts = 1;
  figures.ingest.requests = 2;
  figures.ingest.accepted = 3;
  figures.ingest.rejected = 4;
  figures.ingest.bytes = 5;
  figures.dropped = 6;
  figures.router = {7, 8, 9, 10, 11};
  figures.store.events = 12;
  figures.store.bytes = 13;
  figures.store.batches = 14;
  figures.store.evicted_events = 15;
  figures.store.evictions = 16;
  figures.store.merges = 17;
  figures.store.queries = 18;
  figures.store.running_queries = 28;
  figures.store.segments = 29;
  figures.store.disk_bytes = 30;
  figures.alerts = {19, 20, 21, 22, 23, 24, 25};
  figures.ingest.by_level[static_cast<std::size_t>(level::error)] = 26;
  figures.store.by_level[static_cast<std::size_t>(level::critical)] = 27;
  const auto samples = samples_of(metrics_text(figures));
  CHECK(value_of(samples, "logstream_uptime_seconds") == 1.5);
  CHECK(value_of(samples, "logstream_actor_restarts_total") == 1);
  CHECK(value_of(samples, "logstream_ingest_requests_total") == 2);
  CHECK(value_of(samples, "logstream_ingest_events_total") == 3);
  CHECK(value_of(samples, "logstream_ingest_rejected_events_total") == 4);
  CHECK(value_of(samples, "logstream_ingest_bytes_total") == 5);
  CHECK(value_of(samples, "logstream_ingest_dropped_events_total") == 6);
  CHECK(value_of(samples, "logstream_ingest_requests_in_flight") == 7);
  CHECK(value_of(samples, "logstream_ingest_bytes_in_flight") == 8);
  CHECK(value_of(samples, "logstream_ingest_events_waiting") == 9);
  CHECK(value_of(samples, "logstream_ingest_refused_requests_total") == 10);
  CHECK(value_of(samples, "logstream_store_events") == 12);
  CHECK(value_of(samples, "logstream_store_bytes") == 13);
  CHECK(value_of(samples, "logstream_store_batches") == 14);
  CHECK(value_of(samples, "logstream_store_segments") == 29);
  CHECK(value_of(samples, "logstream_store_disk_bytes") == 30);
  CHECK(value_of(samples, "logstream_store_evicted_events_total") == 15);
  CHECK(value_of(samples, "logstream_store_evictions_total") == 16);
  CHECK(value_of(samples, "logstream_store_merges_total") == 17);
  CHECK(value_of(samples, "logstream_queries_total") == 18);
  CHECK(value_of(samples, "logstream_queries_running") == 28);
  CHECK(value_of(samples, "logstream_alert_rules") == 19);
  CHECK(value_of(samples, "logstream_alerts_firing") == 20);
  CHECK(value_of(samples, "logstream_alerts_fired_total") == 21);
  CHECK(value_of(samples, "logstream_alerts_resolved_total") == 22);
  CHECK(value_of(samples, "logstream_webhook_deliveries_total") == 23);
  CHECK(value_of(samples, "logstream_webhook_delivery_failures_total") == 24);
  CHECK(value_of(samples, "logstream_webhook_dropped_total") == 25);
  CHECK(value_of(samples, "logstream_ingest_events_by_level_total{level=\"error\"}") == 26);
  CHECK(value_of(samples, "logstream_store_events_by_level{level=\"critical\"}") == 27);
  CHECK(value_of(samples, "logstream_store_events_by_level{level=\"unknown\"}") == 0);
}

TEST_CASE("Each family has one help and one type, and counters are called total") {
  std::map<std::string, std::string> types;
  std::set<std::string> helped;
  std::istringstream lines{metrics_text({})};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line};
    std::string hash, kind, name, rest;
    words >> hash >> kind >> name >> rest;
    if (hash != "#")
      continue;
    CHECK_FALSE(rest.empty());
    if (kind == "HELP")
      CHECK(helped.insert(name).second);
    else
      CHECK(types.emplace(name, rest).second);
  }
  CHECK(types.size() > 20);
  for (const auto& [name, type] : types) {
    INFO(name);
    CHECK(helped.contains(name));
    CHECK(name.ends_with("_total") == (type == "counter"));
  }
}

TEST_CASE("Latencies are a histogram of cumulative buckets in seconds that ends with all answers") {
  service_figures figures;
  figures.ingest.latency[0] = 3;
  figures.ingest.latency[2] = 2;
  figures.ingest.latency.back() = 1;
  const auto samples = samples_of(metrics_text(figures));
  const std::string bucket = "logstream_ingest_duration_seconds_bucket{le=\"";
  CHECK(value_of(samples, "logstream_ingest_duration_seconds_count") == 6);
  CHECK(value_of(samples, bucket + "+Inf\"}") == 6);
  std::multiset<double> cumulative;
  for (const auto& [name, value] : samples)
    if (name.starts_with(bucket))
      cumulative.insert(std::stod(value));
  // One bucket holds 3, one holds as many, all others but the last hold 5.
  CHECK(cumulative.size() == latency_bounds.size() + 1);
  CHECK(cumulative.count(3) == 2);
  CHECK(cumulative.count(5) == latency_bounds.size() - 2);
  CHECK(value_of(samples, "logstream_ingest_duration_seconds_sum") ==
        Approx(3 * 10e-6 + 2 * 22e-6 + latency_bounds.back() / 1e6));
}

}  // namespace
}  // namespace logstream
