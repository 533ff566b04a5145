// SPDX-License-Identifier: MIT
// Counting rows of blocks whose directory does not tell enough.
#pragma once

#include "engine/base/result.hpp"
#include "engine/query/log_query.hpp"
#include "engine/store/block_ref.hpp"

#include <span>

namespace logstream {

/// Counts the rows for `filter`; only times are read. REQUIRES: filter.by_index_only(). Errors: those of
/// segment::read_block().
result<group_counts> count_blocks(std::span<const block_ref> blocks, const row_filter& filter, count_by by);

}  // namespace logstream
