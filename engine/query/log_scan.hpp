// SPDX-License-Identifier: MIT
// Walks the rows that a query asks for in the order it asks for, opening only what can hold the next one.
#pragma once

#include "engine/model/part.hpp"
#include "engine/query/log_query.hpp"
#include "engine/query/row_match.hpp"

#include <cstdint>
#include <vector>

namespace logstream {

/// A merge over all runs of all parts by id. A part is opened when the walk reaches its newest (or oldest)
/// row, so that a query for the last hundred rows opens the parts that hold them and no others. For one
/// thread.
class log_scan {
 public:
  log_scan(const log_query& query, std::vector<part> parts);

  enum class state : std::uint8_t { row, more, end };

  /// Goes on until a row is found or `budget` rows were looked at in vain; takes from `budget` what was
  /// looked at. `row`: current() is the next row. `more`: the budget is used up. `end`: no row is left, or
  /// the limit is reached.
  state advance(std::uint64_t& budget);

  /// The row last found. REQUIRES: advance() returned `row`.
  const batch& rows() const { return *parts_[found_.part].rows; }
  std::uint32_t row() const { return found_.row; }
  std::uint64_t found() const { return count_; }

 private:
  // A part not opened yet, at the id its first row cannot come before; or a run at its next row.
  struct cursor {
    event_id at;
    std::uint32_t part = 0;
    std::uint32_t row = 0;
    std::uint32_t last = 0;
    bool opened = false;
  };
  struct place {
    std::uint32_t part = 0;
    std::uint32_t row = 0;
  };

  bool later(const cursor& a, const cursor& b) const;
  void push(cursor made);
  void open(const cursor& unopened);
  void open_run(std::uint32_t part, const stream_run& run);
  row_range after_cursor(const part& of, row_range range) const;
  bool step(cursor& run);

  log_query query_;
  row_matcher matches_;
  std::vector<part> parts_;
  std::vector<cursor> heap_;
  place found_;
  std::uint64_t count_ = 0;
  bool newest_first_;
};

}  // namespace logstream
