// SPDX-License-Identifier: MIT
// Batches for a shard, without a committer.
#pragma once

#include "messages/store.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace logstream::test {

/// Numbered batches; those that no shard takes are lost.
inline handed_batches_ptr handed(std::vector<batch_ptr> rows) {
  return std::make_shared<handed_batches>(std::move(rows), [](const std::vector<batch_ptr>&) {});
}

}  // namespace logstream::test
