// SPDX-License-Identifier: MIT
// Makes events that look like those of a production system, for `POST /simulate` and the benchmarks.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/simulate/level_mix.hpp"
#include "engine/simulate/random.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace logstream {

class simulation_catalog;

struct generator_options {
  std::uint64_t count = 10'000;
  std::uint64_t seed = 1;
  level_mix mix;
  timestamp start = 0;
  /// Event i happens within [start + i * step, start + (i + 1) * step). A negative step counts as zero.
  std::int64_t step = 1'000'000;

  /// Moves `start` so that the last event happens less than two steps before `now`, and not later.
  void end_at(timestamp now) { start = now - static_cast<std::int64_t>(count) * step; }
};

/// Yields `count` events as NDJSON with the members timestamp, level, service, message and metadata (host,
/// trace_id, user_id, latency_ms, path, status). The same options give the same bytes. REQUIRES: start +
/// count * step does not overflow and lies in the years 1678 to 2262.
class event_generator {
 public:
  explicit event_generator(const generator_options& options);

  /// Appends the next events to `body`, at most `limit` of them, and returns how many: less than `limit` only
  /// when all have been made.
  std::size_t append(std::string& body, std::size_t limit);

  std::uint64_t remaining() const { return options_.count - made_; }

 private:
  /// What the message and the metadata of an event have in common.
  struct facts;

  void append_event(std::string& body);
  void append_time(std::string& body, timestamp time);
  void append_message(std::string& body, const facts& event);

  generator_options options_;
  const simulation_catalog& catalog_;
  random_source random_;
  std::uint64_t made_ = 0;
  /// "2026-11-24T02:01:57." of `second_`, since neighbours share it.
  std::array<char, 20> second_text_{};
  std::int64_t second_;
};

}  // namespace logstream
