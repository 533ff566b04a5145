// SPDX-License-Identifier: MIT
// Finds where the oldest events of several shards end.
#pragma once

#include "engine/base/clock.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace logstream {

/// Where the oldest events of all shards end.
struct eviction_cut {
  timestamp time = 0;
  /// How many of the events at `time` go, by shard.
  std::vector<std::uint64_t> ties;
};

/// Events by minute, summed over shards.
using minute_sums = std::map<std::int64_t, std::uint64_t>;

/// The minute in which the `count`-th oldest event lies; takes from `count` the events of the minutes before.
/// REQUIRES: there are more than `count` events.
std::int64_t cut_minute(const minute_sums& minutes, std::uint64_t& count);

/// The cut behind the `count` oldest of `times`, which are those of each shard in one minute.
eviction_cut cut_times(const std::vector<std::shared_ptr<const std::vector<timestamp>>>& times,
                       std::uint64_t count);

}  // namespace logstream
