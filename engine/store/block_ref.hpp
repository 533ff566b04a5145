// SPDX-License-Identifier: MIT
// A block of a segment that is kept open.
#pragma once

#include "engine/store/segment_reader.hpp"

#include <cstdint>

namespace logstream {

/// REQUIRES: there is such a block.
struct block_ref {
  segment_ptr in;
  std::uint32_t block = 0;

  const segment_directory::block& head() const { return in->directory().blocks()[block]; }
  bool operator==(const block_ref&) const = default;
};

}  // namespace logstream
