// SPDX-License-Identifier: MIT
// Every setting of the server with its default; declarations.cpp gives each a name, bounds and words.
#pragma once

#include "engine/store/ack_mode.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

enum class storage_mode : std::uint8_t { memory, disk };
enum class log_level : std::uint8_t { trace, debug, info, warn, error, off };
enum class log_format : std::uint8_t { text, json };

struct http_settings {
  std::string address = "127.0.0.1";
  std::uint64_t port = 8080;
  std::uint64_t threads = 1;
  std::uint64_t max_connections = 4096;
  std::uint64_t max_url = 8 << 10;
  std::uint64_t max_headers = 100;
  std::uint64_t max_header_bytes = 8 << 10;
  std::chrono::nanoseconds idle_timeout = std::chrono::seconds{60};
  std::chrono::nanoseconds write_timeout = std::chrono::seconds{30};
  std::vector<std::string> cors_origins;
};

struct ingest_settings {
  std::uint64_t workers = 20;
  std::uint64_t buffer_size = 10'000;
  std::uint64_t max_bytes_in_flight = 256 << 20;
  std::uint64_t max_requests_in_flight = 8192;
};

struct limit_settings {
  std::uint64_t body_bytes = 32 << 20;
  std::uint64_t unpacked_bytes = 128 << 20;
  std::uint64_t line_bytes = 256 << 10;
  std::uint64_t fields = 256;
  std::chrono::nanoseconds lateness = std::chrono::minutes{1};
};

struct storage_settings {
  storage_mode mode = storage_mode::memory;
  std::string path = "data";
  std::uint64_t shards = 0;
  std::uint64_t max_events = 100'000;
  std::uint64_t max_bytes = 1 << 30;
  ack_mode ack = ack_mode::fsync;
  std::uint64_t memtable_bytes = 64 << 20;
  std::chrono::nanoseconds seal_age = std::chrono::minutes{10};
  std::uint64_t cache_bytes = 64 << 20;
  std::uint64_t wal_file_bytes = 64 << 20;
  std::uint64_t reserve_bytes = 64 << 20;
};

struct retention_settings {
  std::chrono::nanoseconds time{0};
  std::uint64_t bytes = 0;
};

struct query_settings {
  std::chrono::nanoseconds deadline = std::chrono::seconds{30};
  std::uint64_t max_limit = 1'000'000;
  std::uint64_t max_concurrent = 64;
};

struct alert_settings {
  std::uint64_t queue = 1'000;
  std::uint64_t history = 1'000;
  std::uint64_t max_rules = 1'000;
  std::uint64_t max_groups = 1'000;
  std::uint64_t max_webhooks = 100;
};

struct stats_settings {
  std::chrono::nanoseconds interval = std::chrono::seconds{10};
  bool print = true;
};

struct log_settings {
  log_level level = log_level::info;
  log_format format = log_format::text;
};

struct shutdown_settings {
  std::chrono::nanoseconds grace = std::chrono::seconds{15};
};

struct node_settings {
  std::uint64_t id = 0;
};

/// A default-constructed one holds the defaults of the whole system: they are written nowhere else.
struct settings {
  http_settings http;
  ingest_settings ingest;
  limit_settings limits;
  storage_settings storage;
  retention_settings retention;
  query_settings query;
  alert_settings alerts;
  stats_settings stats;
  log_settings log;
  shutdown_settings shutdown;
  node_settings node;
};

}  // namespace logstream
