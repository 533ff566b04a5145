// SPDX-License-Identifier: MIT
// What a reader of logs does, without actors.
#include "tests/engine/support/scans.hpp"

#include "engine/query/log_scan.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <utility>

namespace logstream::test {

std::vector<model_row> find_rows(const log_query& query, snapshot from) {
  log_scan walk{query, std::move(from)};
  std::vector<model_row> found;
  for (;;) {
    std::uint64_t budget = 1000;
    const auto state = walk.advance(budget);
    if (state == log_scan::state::end)
      return found;
    if (state == log_scan::state::row)
      found.push_back({walk.rows().id(walk.row()), event_at(walk.rows(), walk.row())});
    if (state != log_scan::state::unread)
      continue;
    const auto wanted = walk.unread(2);
    REQUIRE_FALSE(wanted.empty());
    for (const auto& each : wanted) {
      auto rows = each.block.in->read_block(each.block.block, column_selection::all());
      REQUIRE(rows);
      walk.supply(each.number, *std::move(rows));
    }
  }
}

log_query every_row() {
  log_query query;
  query.order = time_order::oldest_first;
  query.limit = std::numeric_limits<std::uint64_t>::max();
  return query;
}

}  // namespace logstream::test
