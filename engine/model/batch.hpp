// SPDX-License-Identifier: MIT
// Events in columns: the unit in which they travel between actors, are stored and are scanned.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/column.hpp"
#include "engine/model/event.hpp"
#include "engine/model/id.hpp"
#include "engine/model/level.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace logstream {

/// The rows [begin, end) of a batch: all rows of one stream in it, sorted by time.
struct stream_run {
  /// The stream's labels, encoded as labels.hpp says, and the one label that every API names.
  std::string_view labels;
  std::string_view service;
  level severity = level::unknown;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t rows() const { return end - begin; }
};

/// How many rows of a run fall into one minute (minutes since 1970, rounded down).
struct minute_count {
  std::uint32_t run = 0;
  std::int64_t minute = 0;
  std::uint32_t count = 0;
};

/// Immutable rows in columns, sorted by stream, then time, in one piece of memory. Made by batch_builder
/// and batch_assembler, shared by handle; any number of threads may read one.
class batch {
 public:
  batch(const batch&) = delete;
  batch& operator=(const batch&) = delete;

  std::uint32_t rows() const { return rows_; }
  /// Bytes of memory held.
  std::size_t bytes() const { return bytes_; }

  std::span<const stream_run> runs() const { return runs_; }
  std::span<const minute_count> minutes() const { return minutes_; }
  /// The run that holds `row`.
  const stream_run& run_of(std::uint32_t row) const;

  std::span<const timestamp> times() const { return {times_, rows_}; }
  timestamp min_time() const { return min_time_; }
  timestamp max_time() const { return max_time_; }

  const column& messages() const { return messages_; }
  std::string_view message(std::uint32_t row) const { return messages_.nth(row).text; }
  /// Fields that many rows have, each a column, sorted by name.
  std::span<const column> columns() const { return columns_; }
  const column* find_column(std::string_view name) const;

  /// The value of a field, wherever it is kept.
  std::optional<cell> field_at(std::uint32_t row, std::string_view name) const;
  /// Calls f(name, cell) for each field of `row`.
  template <class F>
  void for_each_field(std::uint32_t row, F&& f) const {
    for (const column& each : columns_)
      if (auto found = each.at(row))
        f(each.name(), *found);
    for_each_rest_field(row, f);
  }
  /// Calls f(name, cell) for each field of `row` that has no column.
  template <class F>
  void for_each_rest_field(std::uint32_t row, F&& f) const {
    if (auto rest = rest_.count() == 0 ? std::nullopt : rest_.at(row))
      for_each_rest(rest->text, f);
  }

  /// True if any row has a field without a column.
  bool has_rest() const { return rest_.count() != 0; }
  /// The fields without a column: for each row that has some, entries as rest_entry.hpp says.
  const column& rest() const { return rest_; }

  /// The row as a value of its own.
  event materialize(std::uint32_t row) const;

  /// Gives the rows their identity: sequences in the order of rows. Called once, before the batch is shared.
  void number(origin from, std::uint64_t first_sequence);
  /// The least sequence of a batch that was numbered so.
  std::uint64_t first_sequence() const { return first_sequence_; }
  event_id id(std::uint32_t row) const {
    return {times_[row], from_, sequences_ != nullptr ? sequences_[row] : first_sequence_ + row};
  }

 private:
  friend class batch_assembler;
  friend class batch_builder;
  friend class batch_decoder;
  friend class batch_encoder;
  friend class batch_writer;
  batch() = default;

  // A row's rest is a sequence of entries: flag, name size, value size (4 bytes each), name, value.
  struct rest_entry {
    std::string_view name;
    cell value;
  };
  static rest_entry take_rest_entry(std::string_view& rest);
  template <class F>
  static void for_each_rest(std::string_view rest, F&& f) {
    while (!rest.empty()) {
      const rest_entry entry = take_rest_entry(rest);
      f(entry.name, entry.value);
    }
  }

  std::unique_ptr<std::byte[]> arena_;
  std::size_t bytes_ = 0;
  std::uint32_t rows_ = 0;
  origin from_;
  std::uint64_t first_sequence_ = 0;
  const std::uint64_t* sequences_ = nullptr;
  const timestamp* times_ = nullptr;
  timestamp min_time_ = 0;
  timestamp max_time_ = 0;
  std::vector<stream_run> runs_;
  std::vector<minute_count> minutes_;
  std::vector<column> columns_;
  column messages_;
  column rest_;
};

using batch_ptr = std::shared_ptr<const batch>;

/// A row of a batch that is kept alive.
struct row_ref {
  batch_ptr in;
  std::uint32_t row = 0;

  event_id id() const { return in->id(row); }
};

}  // namespace logstream
