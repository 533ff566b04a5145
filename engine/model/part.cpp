// SPDX-License-Identifier: MIT
// Finding the first row that was not evicted.
#include "engine/model/part.hpp"

#include <algorithm>

namespace logstream {

std::uint32_t part::first_row(const stream_run& run) const {
  const auto times = rows->times();
  const auto [low, high] = std::equal_range(times.begin() + run.begin, times.begin() + run.end, floor.time);
  // Rows of one moment are in the order of their sequences.
  auto row = static_cast<std::uint32_t>(low - times.begin());
  auto end = static_cast<std::uint32_t>(high - times.begin());
  while (row < end) {
    const std::uint32_t middle = row + (end - row) / 2;
    if (rows->id(middle).sequence < floor.sequence)
      row = middle + 1;
    else
      end = middle;
  }
  return row;
}

}  // namespace logstream
