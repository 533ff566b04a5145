// SPDX-License-Identifier: MIT
// Walks the rows that a query asks for in the order it asks for, opening only what can hold the next one.
#pragma once

#include "engine/query/log_query.hpp"
#include "engine/query/row_match.hpp"
#include "engine/store/snapshot.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace logstream {

/// A merge over all runs of all parts and blocks by id. A part or block is opened when the walk reaches its
/// newest (or oldest) row, so that a query for the last hundred rows opens those that hold them and no
/// others. Blocks are read by whoever scans. For one thread.
class log_scan {
 public:
  log_scan(const log_query& query, snapshot from);

  enum class state : std::uint8_t { row, more, unread, end };

  /// Goes on until a row is found or `budget` rows were looked at in vain; takes from `budget` what was
  /// looked at. `row`: current() is the next row. `more`: the budget is used up. `unread`: the walk needs the
  /// blocks that unread() tells. `end`: no row is left, or the limit is reached.
  state advance(std::uint64_t& budget);

  /// A block to be read, and the number by which to supply it.
  struct wanted_block {
    std::uint32_t number;
    block_ref block;
  };
  /// The block that the walk has come to and those that it is likely to come to next, `most` at most, without
  /// those that were asked for before. REQUIRES: advance() returned `unread`.
  std::vector<wanted_block> unread(std::size_t most);
  /// The rows of a block that was asked for, or null where it could not be read: it is then passed over.
  void supply(std::uint32_t number, batch_ptr rows);

  /// The row last found. REQUIRES: advance() returned `row`.
  const batch& rows() const { return *parts_[found_.part].rows; }
  std::uint32_t row() const { return found_.row; }
  std::uint64_t found() const { return count_; }

 private:
  // A part or block not opened yet, at the id its first row cannot come before; or a run at its next row.
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
  enum class reading : std::uint8_t { done, unread, asked };

  bool later(const cursor& a, const cursor& b) const;
  void add(std::uint32_t part, timestamp min_time, timestamp max_time);
  void forget(std::uint32_t part);
  bool readable(const cursor& unopened) const;
  void push(cursor made);
  void open(const cursor& unopened);
  void open_run(std::uint32_t part, const stream_run& run);
  row_range after_cursor(const part& of, row_range range) const;
  bool step(cursor& run);

  log_query query_;
  row_matcher matches_;
  // Those of the snapshot, then one for each block, without rows until it is read.
  std::vector<part> parts_;
  std::size_t first_block_ = 0;
  std::vector<block_ref> blocks_;
  std::vector<reading> reading_;
  std::vector<cursor> heap_;
  place found_;
  // Whose last row was found last.
  std::optional<std::uint32_t> ended_;
  std::uint64_t count_ = 0;
  bool newest_first_;
};

}  // namespace logstream
