// SPDX-License-Identifier: MIT
// Block by block, as a query would read them all.
#include "engine/store/segment_check.hpp"

namespace logstream {

result<segment_health> check_segment(const segment& of) {
  segment_health found;
  const auto note = [&](const error& why) {
    if (found.what.empty())
      found.what = why.message;
  };
  const auto& blocks = of.directory().blocks();
  for (std::uint32_t block = 0; block < blocks.size(); ++block) {
    const auto rows = of.read_block(block, column_selection::all());
    if (rows)
      continue;
    if (rows.failure().code != errc::invalid)
      return rows.failure();
    found.bad_blocks.push_back(block);
    found.bad_rows += blocks[block].rows;
    note(rows.failure());
  }
  if (const auto filters = of.read_filters(); !filters) {
    if (filters.failure().code != errc::invalid)
      return filters.failure();
    found.bad_filters = true;
    note(filters.failure());
  }
  return found;
}

}  // namespace logstream
