// SPDX-License-Identifier: MIT
// Questions about random events, of which many have an answer.
#pragma once

#include "engine/query/log_query.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/row_model.hpp"

namespace logstream::test {

/// A filter that by_index_only() holds for.
row_filter random_index_filter(random_source& random, const event_variety& how);
/// Conditions, cursors and fields are often those of rows in `model`.
log_query random_query(random_source& random, const event_variety& how, const row_model& model);

}  // namespace logstream::test
