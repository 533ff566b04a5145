// SPDX-License-Identifier: MIT
// One function a part.
#include "app/wiring.hpp"

#include <caf/actor_system_config.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <random>
#include <string>
#include <thread>

namespace logstream {

namespace {

std::chrono::milliseconds milliseconds(std::chrono::nanoseconds from) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(from);
}

std::uint32_t cores() {
  return std::max(1u, std::thread::hardware_concurrency());
}

// An id has one byte for the shard.
constexpr std::uint32_t most_shards = 256;
// Rows may wait for their segments in so much memory times that of the newest.
constexpr std::uint64_t most_unsealed_factor = 4;

std::uint32_t shards_of(const settings& from) {
  const auto wanted = from.storage.shards != 0 ? static_cast<std::uint32_t>(from.storage.shards) : cores();
  return std::min(wanted, most_shards);
}

}  // namespace

void configure_scheduler(caf::actor_system_config& config) {
  // Sharing one queue wakes workers at once and costs nothing when idle; stealing polls.
  config.set("scheduler.policy", caf::atom("sharing"));
  config.set("scheduler.max-threads", static_cast<std::size_t>(std::max(2u, cores())));
  // With the default, which is no bound, actors that feed each other starve all others.
  config.set("scheduler.max-throughput", std::size_t{200});
}

result<opened_store> open_store(const settings& from, const std::shared_ptr<file_system>& disk) {
  store_folder_settings wanted;
  wanted.path = from.storage.path;
  wanted.node = static_cast<std::uint8_t>(from.node.id);
  wanted.shards = shards_of(from);
  wanted.memtable_bytes = from.storage.memtable_bytes / wanted.shards;
  wanted.wal_file_bytes = from.storage.wal_file_bytes;
  if (disk)
    return open_store(disk, wanted);
  opened_store made;
  for (std::uint32_t i = 0; i < wanted.shards; ++i) made.shards.push_back(std::make_shared<shard_store>());
  made.log = std::make_shared<commit_log>(wanted.node, wanted.shards);
  return made;
}

root_settings make_root_settings(const settings& from, const opened_store& store,
                                 std::shared_ptr<file_system> disk) {
  root_settings made;
  const auto time = std::make_shared<const system_clock>();
  made.workers = static_cast<std::uint32_t>(from.ingest.workers);
  made.shards = store.shards;
  made.log = store.log;
  made.disk = std::move(disk);
  const auto shards = static_cast<std::uint64_t>(made.shards.size());

  made.committer.ack = from.storage.ack;
  made.committer.reserve_bytes = from.storage.reserve_bytes;
  made.committer.own_thread = made.disk != nullptr;
  made.shard.seal_age = from.storage.seal_age;
  made.shard.retention = from.retention.time.count();
  made.shard.max_disk_bytes = from.retention.bytes / shards;
  made.shard.time = time;
  made.blocks.cache_bytes = from.storage.cache_bytes;
  made.blocks.readers = made.disk ? cores() : 0;
  made.upkeep_threads = cores();

  made.router = {from.ingest.buffer_size, from.ingest.max_bytes_in_flight,
                 from.ingest.max_requests_in_flight};
  made.worker.limits = {from.limits.line_bytes, from.limits.fields};
  made.worker.unpacked_bytes = from.limits.unpacked_bytes;
  made.worker.time = time;

  // On disk retention is what bounds the store.
  made.store.max_events = made.disk ? 0 : from.storage.max_events;
  made.store.max_bytes = made.disk ? 0 : from.storage.max_bytes;
  if (made.disk)
    made.committer.max_unsealed_bytes = most_unsealed_factor * from.storage.memtable_bytes / shards;
  made.store.quarantined = store.quarantined;
  made.snapshots.disk = made.disk;
  made.snapshots.path = from.storage.path;
  made.snapshots.time = time;
  made.snapshots.own_thread = made.disk != nullptr;
  made.store.max_queries = from.query.max_concurrent;
  made.store.query_deadline = milliseconds(from.query.deadline);

  made.stats.interval = milliseconds(from.stats.interval);
  made.stats.buffer_size = from.ingest.buffer_size;
  if (from.stats.print)
    made.stats.print = [](const std::string& block) {
      std::fputs(block.c_str(), stdout);
      std::fflush(stdout);
    };

  made.simulator.time = time;

  made.alerts.now = time;
  made.alerts.limits.lateness = from.limits.lateness.count();
  made.alerts.limits.groups = from.alerts.max_groups;
  made.alerts.recent_alerts = from.alerts.history;
  made.alerts.max_rules = from.alerts.max_rules;
  made.alerts.max_webhooks = from.alerts.max_webhooks;
  made.alerts.delivery.queue = from.alerts.queue;
  made.alerts.seed = std::random_device{}();
  return made;
}

http::settings make_http_settings(const settings& from) {
  http::settings made;
  made.address = from.http.address;
  made.port = static_cast<std::uint16_t>(from.http.port);
  made.threads = from.http.threads;
  made.max_connections = from.http.max_connections;
  made.max_url_bytes = from.http.max_url;
  made.max_headers = from.http.max_headers;
  made.max_header_bytes = from.http.max_header_bytes;
  made.max_body_bytes = from.limits.body_bytes;
  made.read_timeout = milliseconds(from.http.idle_timeout);
  made.write_timeout = milliseconds(from.http.write_timeout);
  // The queries' own deadline answers first, with a proper body.
  made.handle_timeout = milliseconds(from.query.deadline) + std::chrono::seconds{30};
  made.cors_origins = from.http.cors_origins;
  made.max_query_limit = from.query.max_limit;
  return made;
}

}  // namespace logstream
