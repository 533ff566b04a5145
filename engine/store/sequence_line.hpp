// SPDX-License-Identifier: MIT
// Which sequences of a shard have come, where they may come out of order.
#pragma once

#include <cstdint>
#include <map>

namespace logstream {

/// Knows up to where nothing is missing. For one thread.
class sequence_line {
 public:
  /// Everything below `through` is there.
  explicit sequence_line(std::uint64_t through = 0) : through_(through) {}

  /// [begin, end) has come: rows, or numbers that no row will ever have. Ranges do not overlap.
  void add(std::uint64_t begin, std::uint64_t end);

  /// The first sequence that has not come.
  std::uint64_t through() const { return through_; }
  /// False while something behind through() has come.
  bool whole() const { return ahead_.empty(); }

 private:
  std::uint64_t through_;
  // Begin and end of what came too early.
  std::map<std::uint64_t, std::uint64_t> ahead_;
};

}  // namespace logstream
