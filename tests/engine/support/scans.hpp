// SPDX-License-Identifier: MIT
// Walks over snapshots to their end, for tests that ask what is in them.
#pragma once

#include "engine/query/log_query.hpp"
#include "engine/store/snapshot.hpp"
#include "tests/engine/support/row_model.hpp"

#include <vector>

namespace logstream::test {

/// The rows for `query` in `from`; blocks are read as the walk asks for them, and all of them can be.
std::vector<model_row> find_rows(const log_query& query, snapshot from);

/// A query for every row, the oldest first.
log_query every_row();

}  // namespace logstream::test
