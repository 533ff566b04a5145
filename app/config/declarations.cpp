// SPDX-License-Identifier: MIT
// The table of settings.
#include "app/config/declarations.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace logstream {

namespace {

using kind = setting_kind;

constexpr std::uint64_t kib = 1 << 10;
constexpr std::uint64_t mib = 1 << 20;
constexpr std::uint64_t gib = 1 << 30;
constexpr std::uint64_t tib = 1024 * gib;
constexpr std::uint64_t milliseconds = 1'000'000;
constexpr std::uint64_t seconds = 1'000 * milliseconds;
constexpr std::uint64_t minutes = 60 * seconds;
constexpr std::uint64_t hours = 60 * minutes;

#define LOGSTREAM_PLACE(member) [](settings& all) -> setting_place { return &all.member; }

constexpr auto table = std::to_array<setting_declaration>({
    {"http.address",
     kind::text,
     LOGSTREAM_PLACE(http.address),
     {},
     "IP address to listen on. 0.0.0.0 or :: is every interface; there is no authentication, so open it on "
     "purpose only.",
     "0.0.0.0"},
    {"http.port",
     kind::count,
     LOGSTREAM_PLACE(http.port),
     {0, 65535},
     "TCP port to listen on. 0 takes any free one and logs which.",
     "9428"},
    {"http.threads",
     kind::count,
     LOGSTREAM_PLACE(http.threads),
     {1, 64},
     "Threads that read requests and write answers. One moves several GB/s; add one when it is a whole core "
     "busy.",
     "2"},
    {"http.max_connections",
     kind::count,
     LOGSTREAM_PLACE(http.max_connections),
     {1, 1'000'000},
     "Connections served at a time. More wait in the kernel's queue until one closes.",
     "10000"},
    {"http.max_url",
     kind::bytes,
     LOGSTREAM_PLACE(http.max_url),
     {256, mib},
     "Longest URL. Longer ones are refused.",
     "16KiB"},
    {"http.max_headers",
     kind::count,
     LOGSTREAM_PLACE(http.max_headers),
     {8, 10'000},
     "Most header fields of a request.",
     "50"},
    {"http.max_header_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(http.max_header_bytes),
     {256, 64 * kib},
     "Longest name and longest value of one header field. All fields together may take 80 KiB.",
     "16KiB"},
    {"http.idle_timeout",
     kind::duration,
     LOGSTREAM_PLACE(http.idle_timeout),
     {100 * milliseconds, 24 * hours},
     "How long a client may take to send a request, and how long a connection may stay open between two.",
     "5m",
     "http.read_timeout"},
    {"http.write_timeout",
     kind::duration,
     LOGSTREAM_PLACE(http.write_timeout),
     {100 * milliseconds, hours},
     "How long a client may take to receive one piece of an answer before it is cut off.",
     "2m"},
    {"http.cors_origins",
     kind::list,
     LOGSTREAM_PLACE(http.cors_origins),
     {},
     "Origins whose web pages may call this server; * is every origin. Empty: none but its own.",
     "[https://grafana.example.com]"},

    {"ingest.workers",
     kind::count,
     LOGSTREAM_PLACE(ingest.workers),
     {1, 1'000},
     "Actors that parse what arrives. They share the cores; more than the default seldom helps.",
     "40",
     "workers"},
    {"ingest.buffer_size",
     kind::count,
     LOGSTREAM_PLACE(ingest.buffer_size),
     {1, 100'000'000},
     "Events that may wait for a worker. Beyond, clients get 429 with Retry-After, counted in /stats.",
     "50000",
     "buffer_size"},
    {"ingest.max_bytes_in_flight",
     kind::bytes,
     LOGSTREAM_PLACE(ingest.max_bytes_in_flight),
     {mib, 64 * gib},
     "Bytes of request bodies held at a time. Beyond, clients get 429 with Retry-After.",
     "1GiB"},
    {"ingest.max_requests_in_flight",
     kind::count,
     LOGSTREAM_PLACE(ingest.max_requests_in_flight),
     {1, 10'000'000},
     "Ingest requests held at a time. Beyond, clients get 429 with Retry-After.",
     "20000"},

    {"limits.body_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(limits.body_bytes),
     {kib, 4 * gib},
     "Largest request body as it arrives. Larger ones are answered 413.",
     "64MiB",
     "http.max_body"},
    {"limits.unpacked_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(limits.unpacked_bytes),
     {kib, 16 * gib},
     "Largest body after gzip, deflate or zstd is undone. Larger ones are answered 413.",
     "256MiB"},
    {"limits.line_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(limits.line_bytes),
     {256, 64 * mib},
     "Longest message of an event. A longer one is cut and marked, never dropped.",
     "1MiB"},
    {"limits.fields",
     kind::count,
     LOGSTREAM_PLACE(limits.fields),
     {1, 65'535},
     "Most fields of one event, nested ones counted flat. An event with more is rejected.",
     "500"},
    {"limits.lateness",
     kind::duration,
     LOGSTREAM_PLACE(limits.lateness),
     {0, 24 * hours},
     "How much older than its window an event may be, measured from the newest, and still count in alerts.",
     "10m"},

    {"storage.mode",
     kind::choice,
     LOGSTREAM_PLACE(storage.mode),
     {},
     "Where events are kept: on disk, or in memory, where they are gone when it stops.",
     "disk"},
    {"storage.path",
     kind::text,
     LOGSTREAM_PLACE(storage.path),
     {},
     "Folder of the data in disk mode. Unused in memory mode.",
     "/var/lib/logstream"},
    {"storage.shards",
     kind::count,
     LOGSTREAM_PLACE(storage.shards),
     {0, 256},
     "Parts of the store that work side by side. 0: one for each core.",
     "4"},
    {"storage.max_events",
     kind::count,
     LOGSTREAM_PLACE(storage.max_events),
     {0, 1'000'000'000'000},
     "Events kept in memory mode. When there are more, the oldest 20 % go at once. 0: no bound by count.",
     "5000000",
     "max_events"},
    {"storage.max_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(storage.max_bytes),
     {0, 64 * tib},
     "Memory that stored events may take in memory mode. When they take more, the oldest go. 0: no bound by "
     "size.",
     "8GiB"},
    {"storage.ack",
     kind::choice,
     LOGSTREAM_PLACE(storage.ack),
     {},
     "What an answer of success means in disk mode. fsync: the events survive a power cut. write: they "
     "survive "
     "the end of the process, and a power cut after a second. memory: they are on their way to the disk.",
     "write"},
    {"storage.memtable_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(storage.memtable_bytes),
     {mib, 16 * gib},
     "Memory for the newest events in disk mode. When they take more they are written into segments; four "
     "times "
     "as much is the most that may wait for that, then clients get 429.",
     "256MiB"},
    {"storage.seal_age",
     kind::duration,
     LOGSTREAM_PLACE(storage.seal_age),
     {seconds, 24 * hours},
     "Events are written into segments when they have been in memory so long, however few they are.",
     "1m"},
    {"storage.cache_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(storage.cache_bytes),
     {0, tib},
     "Memory for blocks that queries have read from disk.",
     "512MiB"},
    {"storage.wal_file_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(storage.wal_file_bytes),
     {mib, gib},
     "Size at which a file of the write-ahead log is followed by the next one.",
     "128MiB"},
    {"storage.reserve_bytes",
     kind::bytes,
     LOGSTREAM_PLACE(storage.reserve_bytes),
     {0, tib},
     "Room on the disk that is left to others. With less, clients get 507 and queries go on.",
     "1GiB"},

    {"retention.time",
     kind::duration,
     LOGSTREAM_PLACE(retention.time),
     {0, 100ull * 365 * 24 * hours},
     "How long events are kept in disk mode, by their own time. 0: for ever.",
     "30d"},
    {"retention.bytes",
     kind::bytes,
     LOGSTREAM_PLACE(retention.bytes),
     {0, 1024 * tib},
     "Disk that segments may take. When they take more, the oldest go. 0: no bound.",
     "500GiB"},

    {"query.deadline",
     kind::duration,
     LOGSTREAM_PLACE(query.deadline),
     {milliseconds, hours},
     "How long a query may run before it is answered with an error.",
     "2m"},
    {"query.max_limit",
     kind::count,
     LOGSTREAM_PLACE(query.max_limit),
     {1, 1'000'000'000},
     "Most events that one query may ask for. More are read page by page with the cursor.",
     "10000"},
    {"query.max_concurrent",
     kind::count,
     LOGSTREAM_PLACE(query.max_concurrent),
     {1, 10'000},
     "Queries that run at a time. Beyond, clients get 429 with Retry-After.",
     "16"},

    {"alerts.queue",
     kind::count,
     LOGSTREAM_PLACE(alerts.queue),
     {1, 1'000'000},
     "Notifications that may wait for one receiver. Beyond, the oldest is dropped and counted.",
     "10000"},
    {"alerts.history",
     kind::count,
     LOGSTREAM_PLACE(alerts.history),
     {0, 1'000'000},
     "Alerts that GET /alerts remembers after they are resolved.",
     "100"},
    {"alerts.max_rules",
     kind::count,
     LOGSTREAM_PLACE(alerts.max_rules),
     {1, 100'000},
     "Most rules, those of this file and those made over HTTP together.",
     "5000"},
    {"alerts.max_groups",
     kind::count,
     LOGSTREAM_PLACE(alerts.max_groups),
     {1, 10'000'000},
     "Most groups that one rule with group_by keeps windows for. Beyond, the longest unused one is "
     "forgotten.",
     "10000"},
    {"alerts.max_webhooks",
     kind::count,
     LOGSTREAM_PLACE(alerts.max_webhooks),
     {1, 10'000},
     "Most receivers, those of this file and those made over HTTP together.",
     "500"},

    {"stats.interval",
     kind::duration,
     LOGSTREAM_PLACE(stats.interval),
     {100 * milliseconds, 24 * hours},
     "How often rates are taken and the block of statistics is printed.",
     "1m"},
    {"stats.print",
     kind::flag,
     LOGSTREAM_PLACE(stats.print),
     {},
     "Whether the block of statistics is printed to standard output.",
     "false"},

    {"log.level",
     kind::choice,
     LOGSTREAM_PLACE(log.level),
     {},
     "Least severity of the server's own log, which goes to standard error.",
     "debug"},
    {"log.format",
     kind::choice,
     LOGSTREAM_PLACE(log.format),
     {},
     "Lines of the server's own log: for people, or JSON objects for machines.",
     "json"},

    {"shutdown.grace",
     kind::duration,
     LOGSTREAM_PLACE(shutdown.grace),
     {0, hours},
     "How long requests in flight may take to finish after SIGTERM before the process exits anyway.",
     "1m"},

    {"node.id",
     kind::count,
     LOGSTREAM_PLACE(node.id),
     {0, 255},
     "Number of this server, part of every event id. Give each server of one system its own.",
     "1"},
});

#undef LOGSTREAM_PLACE

constexpr auto summaries = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"http", "The HTTP server."},
    {"ingest", "How much may be on its way into the store."},
    {"limits", "What a single request or event may weigh."},
    {"storage", "What is kept, and how much of it."},
    {"retention", "When events go that are kept on disk."},
    {"query", "What questions may cost."},
    {"alerts", "Bounds of rules and notifications; the rules themselves stand below `rules`."},
    {"stats", "The statistics that are printed."},
    {"log", "The server's own log."},
    {"shutdown", "How the server ends."},
    {"node", "This server among others."},
});

}  // namespace

std::span<const setting_declaration> setting_declarations() {
  return table;
}

const setting_declaration* find_setting(std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const setting_declaration& each) {
    return each.name == name || (!each.alias.empty() && each.alias == name);
  });
  return found == table.end() ? nullptr : &*found;
}

std::string_view setting_section(const setting_declaration& declaration) {
  return declaration.name.substr(0, declaration.name.find('.'));
}

std::string_view section_summary(std::string_view section) {
  const auto found = std::find_if(summaries.begin(), summaries.end(),
                                  [&](const auto& each) { return each.first == section; });
  return found == summaries.end() ? std::string_view{} : found->second;
}

std::string environment_name(std::string_view setting) {
  std::string out = "LOGSTREAM_";
  for (const char c : setting)
    out.push_back(c == '.' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  return out;
}

}  // namespace logstream
