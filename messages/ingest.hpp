// SPDX-License-Identifier: MIT
// What travels from a socket to the shards and back: bodies, bundles, receipts, tallies.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/model/id.hpp"
#include "engine/model/level.hpp"
#include "engine/wire/encoding.hpp"
#include "engine/wire/rejection.hpp"
#include "messages/answer.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What became of the events of one body.
struct ingest_receipt {
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  /// Ids of the accepted events in the order of the body; empty for bodies of more than max_receipt_ids
  /// events.
  std::vector<event_id> ids;
  /// The first max_receipt_rejections of the rejected events.
  std::vector<rejection> rejections;
};

inline constexpr std::size_t max_receipt_ids = 100;
inline constexpr std::size_t max_receipt_rejections = 100;

/// One body to take in. The bytes belong to `owner` and live as long as it does.
struct ingest_job {
  std::shared_ptr<const void> owner;
  std::string_view body;
  body_encoding encoding = body_encoding::identity;
  std::chrono::steady_clock::time_point received;
  answer_ptr<ingest_receipt> reply;
};
using ingest_job_ptr = std::shared_ptr<ingest_job>;

/// A body made by ourselves.
using body_ptr = std::shared_ptr<const std::string>;

/// Bodies that travel together.
struct ingest_bundle {
  /// Dropped with the bundle, behind its jobs: so the router hears that it is over, whoever had it last.
  std::shared_ptr<const void> on_end;
  std::vector<ingest_job_ptr> jobs;
};
using ingest_bundle_ptr = std::shared_ptr<ingest_bundle>;

/// A bundle that was read and waits to be stored: actors/open_bundle.hpp.
class open_bundle;
using open_bundle_ptr = std::shared_ptr<open_bundle>;

/// Upper bounds in microseconds of the latency buckets, each about 1.5 times the one before; the last has no
/// bound.
inline constexpr std::array<std::uint32_t, 32> latency_bounds{
    10,    15,     22,     33,     50,     75,     110,    165,     250,     375,    560,
    840,   1260,   1900,   2850,   4300,   6400,   9600,   14400,   21600,   32400,  48600,
    72900, 109000, 164000, 246000, 369000, 554000, 830000, 1250000, 1870000, 2800000};

/// What a worker did since its last tally.
struct ingest_tally {
  std::uint64_t requests = 0;
  std::uint64_t accepted = 0;
  /// Events that were good and could not be stored.
  std::uint64_t lost = 0;
  std::uint64_t rejected = 0;
  std::uint64_t bytes = 0;
  std::array<std::uint64_t, level_count> by_level{};
  /// Answers by latency from the body's arrival; one more bucket than bounds.
  std::array<std::uint64_t, latency_bounds.size() + 1> latency{};

  ingest_tally& operator+=(const ingest_tally& other);
};
using ingest_tally_ptr = std::shared_ptr<const ingest_tally>;

/// The bucket of latency_bounds that `microseconds` falls into.
std::size_t latency_bucket(std::uint64_t microseconds);

}  // namespace logstream
