// SPDX-License-Identifier: MIT
// The sequences that rows get when they are stored.
#pragma once

#include "engine/model/batch.hpp"

#include <cstdint>
#include <utility>
#include <vector>

namespace logstream {

/// A sequence for each shard of a node, without gaps. For one thread.
class row_numbers {
 public:
  row_numbers(std::uint8_t node, std::uint32_t shards) : node_(node), next_(shards) {}
  /// From these sequences on, one for each shard.
  row_numbers(std::uint8_t node, std::vector<std::uint64_t> next) : node_(node), next_(std::move(next)) {}

  std::uint32_t shards() const { return static_cast<std::uint32_t>(next_.size()); }
  /// The sequence that the next row of `shard` will have.
  std::uint64_t next(std::uint32_t shard) const { return next_[shard]; }

  /// Gives the rows of a batch for `shard` their identity; nobody else may know the batch yet.
  void number(std::uint32_t shard, batch& rows) {
    rows.number({node_, static_cast<std::uint8_t>(shard)}, next_[shard]);
    next_[shard] += rows.rows();
  }

 private:
  std::uint8_t node_;
  std::vector<std::uint64_t> next_;
};

}  // namespace logstream
