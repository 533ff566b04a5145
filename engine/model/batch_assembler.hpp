// SPDX-License-Identifier: MIT
// Makes a batch of columns that are there already, as a block of a segment gives them.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/model/batch.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace logstream {

/// A column's cells. Bitmaps are words of 64, lowest bit first, without bits beyond the last row or cell.
struct given_column {
  std::string_view name;
  /// A text for each row that has a cell.
  text_list texts;
  /// A bit for each row that has a cell; empty if all have.
  std::span<const std::uint64_t> present;
  /// A bit for each cell that is a literal, where some are and some are not.
  std::span<const std::uint64_t> literal;
  /// Where `literal` is empty: what all cells are.
  bool all_literal = false;
};

/// Rows of one stream, sorted by time, then sequence.
struct given_rows {
  std::string_view labels;
  level severity = level::unknown;
  origin from;
  std::span<const timestamp> times;
  std::span<const std::uint64_t> sequences;
  /// A text for each row; nothing if messages are left out.
  std::optional<text_list> messages;
  /// In any order, each name once.
  std::vector<given_column> columns;
  /// Texts are entries as rest_entry.hpp says; the name means nothing.
  std::optional<given_column> rest;
};

/// Copies all of it into memory of the batch's own. Columns may be left out: the batch then answers as if no
/// row had those fields, and every message is empty where messages are left out. Runs, times, ids and minutes
/// are always those of all rows.
class batch_assembler {
 public:
  /// REQUIRES: there is a row; a sequence, and a message if any, for each time; all texts together stay below
  /// 4 GiB.
  explicit batch_assembler(const given_rows& from) : from_(from) {}

  std::shared_ptr<batch> assemble();

 private:
  std::size_t rows() const { return from_.times.size(); }
  std::size_t word_count() const;
  std::size_t number_count() const;
  std::size_t text_size() const;
  template <class F>
  void for_each_column(F&& f) const;

  std::uint64_t* copy_words(std::span<const std::uint64_t> words);
  std::string_view copy_text(std::string_view text);
  void place_run(batch& made);
  void place_messages(batch& made);
  void place_texts(column& made, text_list texts);
  column place_column(const given_column& given);
  void place_ranks(column& made);
  static void count_minutes(batch& made);

  const given_rows& from_;
  // Where the next of each kind goes in the arena.
  std::uint64_t* words_ = nullptr;
  std::uint32_t* numbers_ = nullptr;
  char* text_ = nullptr;
};

}  // namespace logstream
