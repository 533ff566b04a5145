// SPDX-License-Identifier: MIT
// Every byte of a segment looked at.
#pragma once

#include "engine/store/segment_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

/// What is wrong with a segment that opens. A block is good or bad as a whole.
struct segment_health {
  std::vector<std::uint32_t> bad_blocks;
  /// Rows of the bad blocks.
  std::uint64_t bad_rows = 0;
  bool bad_filters = false;
  /// The first thing found, in words; empty if all is well.
  std::string what;

  bool sound() const { return what.empty(); }
};

/// Reads and decodes all blocks and the filters; one block is in memory at a time. Errors: those of the disk;
/// what is damaged is a finding.
result<segment_health> check_segment(const segment& of);

}  // namespace logstream
