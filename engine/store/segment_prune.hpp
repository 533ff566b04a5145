// SPDX-License-Identifier: MIT
// Which blocks of a segment can hold rows that are asked for, and how many rows those hold that need not be
// looked at: judged by the directory and the filters, without a block being read.
#pragma once

#include "engine/model/part.hpp"
#include "engine/query/log_query.hpp"
#include "engine/store/segment_directory.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// The blocks that may hold rows for `filter`, in the order of the file; each block that does is among them.
/// `filters` is what segment::read_filters() gave, or empty: then words and values exclude little.
std::vector<std::uint32_t> candidate_blocks(const segment_directory& of, const row_filter& filter,
                                            std::string_view filters = {});

/// Rows by level name or service, or by minute, whichever was asked for.
struct row_counts {
  std::map<std::string, std::uint64_t, std::less<>> groups;
  std::map<std::int64_t, std::uint64_t> minutes;
};

/// Adds the rows for `filter` that are not before `floor`, as far as the directory tells them; returns the
/// blocks that it does not tell of, since the filter's time or the floor cuts a minute in which they have
/// rows: of these nothing is added. REQUIRES: filter.by_index_only().
std::vector<std::uint32_t> count_rows(const segment_directory& of, const row_filter& filter, row_floor floor,
                                      count_by by, row_counts& counts);

}  // namespace logstream
