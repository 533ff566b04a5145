// SPDX-License-Identifier: MIT
// Batches for a shard, without a committer.
#pragma once

#include "messages/store.hpp"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace logstream::test {

/// REQUIRES: `rows` are numbered, one behind the other, and there are some.
inline numbered_batches numbered(std::vector<batch_ptr> rows) {
  numbered_batches made;
  made.begin = rows.front()->first_sequence();
  made.end = rows.back()->first_sequence() + rows.back()->rows();
  made.rows = std::move(rows);
  return made;
}

/// Numbered batches; those that no shard takes are lost.
inline handed_batches_ptr handed(std::vector<batch_ptr> rows) {
  return std::make_shared<handed_batches>(numbered(std::move(rows)), [](const numbered_batches&) {});
}

}  // namespace logstream::test
