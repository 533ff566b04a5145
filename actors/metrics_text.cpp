// SPDX-License-Identifier: MIT
// Families of metrics from figures.
#include "actors/metrics_text.hpp"

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <cctype>
#include <limits>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

class families {
 public:
  void counter(const char* name, const char* help, std::uint64_t value) {
    ClientMetric metric;
    metric.counter.value = static_cast<double>(value);
    add(name, help, MetricType::Counter).metric.push_back(std::move(metric));
  }

  void gauge(const char* name, const char* help, double value) {
    ClientMetric metric;
    metric.gauge.value = value;
    add(name, help, MetricType::Gauge).metric.push_back(std::move(metric));
  }

  void by_level(const char* name, const char* help, MetricType type,
                const std::array<std::uint64_t, level_count>& values) {
    MetricFamily& family = add(name, help, type);
    for (std::size_t i = 0; i < level_count; ++i) {
      std::string level{to_string(all_levels[i])};
      std::transform(level.begin(), level.end(), level.begin(),
                     [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      ClientMetric metric;
      metric.label.push_back({"level", std::move(level)});
      (type == MetricType::Counter ? metric.counter.value : metric.gauge.value) =
          static_cast<double>(values[i]);
      family.metric.push_back(std::move(metric));
    }
  }

  void latency(const char* name, const char* help, const ingest_tally& tally) {
    ClientMetric metric;
    std::uint64_t seen = 0;
    double sum = 0;
    for (std::size_t i = 0; i < tally.latency.size(); ++i) {
      seen += tally.latency[i];
      const bool last = i == latency_bounds.size();
      const double bound = last ? std::numeric_limits<double>::infinity() : latency_bounds[i] / 1e6;
      metric.histogram.bucket.push_back({seen, bound});
      sum += static_cast<double>(tally.latency[i]) * (latency_bounds[last ? i - 1 : i] / 1e6);
    }
    metric.histogram.sample_count = seen;
    metric.histogram.sample_sum = sum;
    add(name, help, MetricType::Histogram).metric.push_back(std::move(metric));
  }

  std::string text() const { return prometheus::TextSerializer{}.Serialize(made_); }

 private:
  MetricFamily& add(const char* name, const char* help, MetricType type) {
    MetricFamily& made = made_.emplace_back();
    made.name = name;
    made.help = help;
    made.type = type;
    return made;
  }

  std::vector<MetricFamily> made_;
};

void add_ingest(families& to, const service_figures& figures) {
  const ingest_tally& ingest = figures.ingest;
  to.counter("logstream_ingest_requests_total", "Bodies that were read.", ingest.requests);
  to.counter("logstream_ingest_events_total", "Events that were stored and acknowledged.", ingest.accepted);
  to.counter("logstream_ingest_rejected_events_total",
             "Events that were not taken because they are not well-formed.", ingest.rejected);
  to.counter("logstream_ingest_bytes_total", "Bytes of bodies that were read, as they arrived.",
             ingest.bytes);
  to.counter("logstream_ingest_dropped_events_total",
             "Events that were refused for overload or could not be stored.", figures.dropped);
  to.counter("logstream_ingest_refused_requests_total", "Bodies that were refused for overload.",
             figures.router.refused_requests);
  to.by_level("logstream_ingest_events_by_level_total", "Events that were stored, by level.",
              MetricType::Counter, ingest.by_level);
  to.latency("logstream_ingest_duration_seconds", "Time from the arrival of a body to its answer.", ingest);
  to.gauge("logstream_ingest_requests_in_flight", "Bodies that were admitted and not answered yet.",
           static_cast<double>(figures.router.requests_in_flight));
  to.gauge("logstream_ingest_bytes_in_flight", "Bytes of bodies that were admitted and not answered yet.",
           static_cast<double>(figures.router.bytes_in_flight));
  to.gauge("logstream_ingest_events_waiting", "Events that wait for a worker, told from the size of bodies.",
           static_cast<double>(figures.router.events_waiting));
}

void add_store(families& to, const store_figures& store) {
  to.gauge("logstream_store_events", "Events in the store.", static_cast<double>(store.events));
  to.gauge("logstream_store_bytes", "Memory that the store holds.", static_cast<double>(store.bytes));
  to.gauge("logstream_store_batches", "Batches in the store.", static_cast<double>(store.batches));
  to.gauge("logstream_store_segments", "Files of events that are no longer in memory.",
           static_cast<double>(store.segments));
  to.gauge("logstream_store_disk_bytes", "Bytes of these files.", static_cast<double>(store.disk_bytes));
  to.gauge("logstream_quarantined_files", "Damaged files that were put aside.",
           static_cast<double>(store.quarantined.files));
  to.gauge("logstream_quarantined_bytes", "Bytes of these files.",
           static_cast<double>(store.quarantined.bytes));
  to.by_level("logstream_store_events_by_level", "Events in the store, by level.", MetricType::Gauge,
              store.by_level);
  to.counter("logstream_store_evicted_events_total", "Events that went to keep the store's bounds.",
             store.evicted_events);
  to.counter("logstream_store_evictions_total", "Evictions.", store.evictions);
  to.counter("logstream_store_merges_total", "Merges of batches.", store.merges);
  to.counter("logstream_queries_total", "Queries that were started.", store.queries);
  to.gauge("logstream_queries_running", "Queries that run now.", static_cast<double>(store.running_queries));
}

void add_alerts(families& to, const alert_figures& alerts) {
  to.gauge("logstream_alert_rules", "Alert rules.", static_cast<double>(alerts.rules));
  to.gauge("logstream_alerts_firing", "Alerts that fire now.", static_cast<double>(alerts.firing));
  to.counter("logstream_alerts_fired_total", "Alerts that fired.", alerts.fired);
  to.counter("logstream_alerts_resolved_total", "Alerts that resolved.", alerts.resolved);
  to.counter("logstream_webhook_deliveries_total", "Messages that a webhook took.", alerts.deliveries);
  to.counter("logstream_webhook_delivery_failures_total", "Messages that were given up.",
             alerts.delivery_failures);
  to.counter("logstream_webhook_dropped_total", "Messages that were dropped from full queues.",
             alerts.deliveries_dropped);
}

}  // namespace

std::string metrics_text(const service_figures& figures) {
  families all;
  all.gauge("logstream_uptime_seconds", "Seconds since the start.", figures.uptime_seconds);
  all.counter("logstream_actor_restarts_total", "Actors that died and were restarted.", figures.restarts);
  add_ingest(all, figures);
  add_store(all, figures.store);
  add_alerts(all, figures.alerts);
  return all.text();
}

}  // namespace logstream
