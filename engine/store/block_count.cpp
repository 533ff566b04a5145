// SPDX-License-Identifier: MIT
// A block is a batch of one run.
#include "engine/store/block_count.hpp"

#include "engine/store/memory_shard.hpp"

namespace logstream {

result<group_counts> count_blocks(std::span<const block_ref> blocks, const row_filter& filter, count_by by) {
  group_counts sums;
  for (const block_ref& each : blocks) {
    auto rows = each.in->read_block(each.block, column_selection::none());
    if (!rows)
      return rows.failure();
    memory_shard alone;
    alone.append(*std::move(rows));
    for (const auto& [group, count] : alone.count(filter, by)) sums[group] += count;
  }
  return sums;
}

}  // namespace logstream
