// SPDX-License-Identifier: MIT
// A range of rows of a batch.
#pragma once

#include <cstdint>

namespace logstream {

/// Rows [begin, end).
struct row_range {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool empty() const { return begin >= end; }
  std::uint32_t size() const { return empty() ? 0 : end - begin; }
  bool operator==(const row_range&) const = default;
};

}  // namespace logstream
