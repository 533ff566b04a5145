// SPDX-License-Identifier: MIT
// Lays out the rows that a batch_builder collected: sorts them by shard, stream and time, and copies each
// text once.
#pragma once

#include "engine/model/batch_builder.hpp"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace logstream {

/// One use: constructed, written, thrown away. The builder must not change meanwhile.
class batch_writer {
 public:
  batch_writer(batch_builder& from, bool keep_sequences, std::vector<row_place>* places)
      : from_(from), keep_sequences_(keep_sequences), places_(places) {}

  std::vector<built_batch> write();

 private:
  struct column_plan {
    std::uint32_t count = 0;
    std::uint32_t bytes = 0;
    std::uint32_t literals = 0;
    bool in_rest = false;
    // Where the next cell goes.
    std::uint32_t next = 0;
    std::uint32_t offset = 0;
    char* text = nullptr;
    std::uint32_t* ends = nullptr;
    std::uint64_t* present = nullptr;
    std::uint64_t* literal = nullptr;
  };

  void sort_rows();
  std::shared_ptr<batch> write_batch(std::span<const std::uint32_t> streams,
                                     std::span<const std::uint32_t> rows);
  void plan_columns(std::span<const std::uint32_t> rows);
  std::size_t text_size(std::span<const std::uint32_t> streams) const;
  std::size_t table_size(std::size_t rows) const;
  void place_runs(batch& made, std::span<const std::uint32_t> streams, char*& text) const;
  void place_columns(batch& made, std::size_t rows, std::uint64_t*& words, std::uint32_t*& numbers,
                     char*& text);
  static void place_column(column& made, column_plan& plan, std::size_t rows, std::uint64_t*& words,
                           std::uint32_t*& numbers, char*& text);
  void copy_rows(batch& made, std::span<const std::uint32_t> rows, timestamp* times,
                 std::uint64_t* sequences);
  void copy_cells(std::uint32_t first, std::uint32_t last, std::uint32_t at);
  static void put(column_plan& plan, std::string_view text, bool literal, std::uint32_t row);
  static void finish_ranks(batch& made);
  static void count_minutes(batch& made);

  batch_builder& from_;
  bool keep_sequences_;
  std::vector<row_place>* places_;
  std::vector<std::uint32_t> stream_order_;
  std::vector<std::uint32_t> row_order_;
  std::vector<column_plan> plans_;
  std::vector<batch_builder::field_ref> columns_;
  column_plan message_;
  column_plan rest_;
};

}  // namespace logstream
