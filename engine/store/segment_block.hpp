// SPDX-License-Identifier: MIT
// A block's rows turned into columns: which fields there are, and the cells of each.
#pragma once

#include "engine/store/segment_cells.hpp"
#include "engine/store/segment_rows.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logstream {

/// Names of fields and their numbers, in the order in which they were first seen.
class name_table {
 public:
  /// The number of `name`, a new one if it has none.
  std::uint32_t number(std::string_view name);
  std::string_view operator[](std::uint32_t number) const { return *names_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(names_.size()); }

 private:
  struct hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::uint32_t, hash, std::equal_to<>> numbers_;
  std::vector<const std::string*> names_;
};

/// Turns blocks into columns, one block after the other. The parts must outlive it.
class block_columns {
 public:
  /// A field that few rows have has no column: it stands in the rest, as in a batch.
  static constexpr std::uint32_t sparse_factor = 32;
  static constexpr std::uint32_t smallest_sparse_block = 64;

  explicit block_columns(std::span<const part> parts);

  /// Turns to the block of these rows; runs and spans must stay until the next.
  void start(std::span<const source_run> runs, std::span<const row_span> spans);

  std::uint32_t rows() const { return rows_; }
  void times(std::vector<timestamp>& into) const;
  void sequences(std::vector<std::int64_t>& into) const;
  void messages(cell_collector& into) const;
  /// The fields that have columns, as numbers of names, sorted.
  std::span<const std::uint32_t> fields() const { return fields_; }
  /// The cells of fields()[n].
  void field(std::size_t n, cell_collector& into) const;
  /// Fields without a column, no cell if there are none, and their values. The last to be called for a block.
  void rest(cell_collector& into, text_buffer& values);

  const name_table& names() const { return names_; }

 private:
  // A field out of a batch's rest, or one on its way into the block's.
  struct loose_cell {
    std::uint32_t name;
    std::uint32_t row;
    cell value;
  };
  struct field_state {
    std::uint32_t cells = 0;
    bool has_column = false;
  };

  template <class F>
  void for_each_span(F&& f) const;
  void count_cells();
  void count_loose_cells();
  void choose_fields();
  void find_columns();

  std::span<const source_run> runs_;
  std::span<const row_span> spans_;
  std::uint32_t rows_ = 0;
  name_table names_;
  // For each part and column its name's number.
  std::vector<std::vector<std::uint32_t>> column_names_;
  std::vector<field_state> states_;
  std::vector<std::uint32_t> seen_;
  std::vector<std::uint32_t> fields_;
  // The runs of the spans, sorted; which of them each span has; and for each its column of each field.
  std::vector<std::uint32_t> used_;
  std::vector<std::uint32_t> used_by_span_;
  std::vector<const column*> columns_;
  // Sorted by name, then row. A batch has a field in one place, column or rest.
  std::vector<loose_cell> loose_;
};

}  // namespace logstream
