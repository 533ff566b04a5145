// SPDX-License-Identifier: MIT
// A batch as the store holds it: whole, or from some event on.
#pragma once

#include "engine/model/batch.hpp"

#include <cstdint>
#include <limits>

namespace logstream {

/// Rows of a shard at or after this place in the order of time, then sequence, are there; earlier ones were
/// evicted.
struct row_floor {
  timestamp time = std::numeric_limits<timestamp>::min();
  std::uint64_t sequence = 0;

  auto operator<=>(const row_floor&) const = default;
};

/// Immutable rows and where they begin to count.
struct part {
  batch_ptr rows;
  row_floor floor;

  /// The first row of `run` that is there; the rows behind it are too.
  std::uint32_t first_row(const stream_run& run) const;
  /// True if every row is there.
  bool whole() const { return floor.time <= rows->min_time() && floor.sequence == 0; }
};

}  // namespace logstream
