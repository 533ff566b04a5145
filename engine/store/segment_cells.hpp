// SPDX-License-Identifier: MIT
// One column of a block on its way into a segment and out of it.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/text_list.hpp"
#include "engine/model/batch_assembler.hpp"
#include "engine/model/column.hpp"
#include "engine/store/text_codec.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Cells of a block's rows, put in row by row; its memory is used again for the next column.
class cell_collector {
 public:
  /// Forgets all cells; there are `rows` rows.
  void start(std::uint32_t rows);
  /// Puts the cells of the rows [begin, end) of a batch into the rows from `at` on. REQUIRES: all rows put
  /// before are smaller, begin < end.
  void put(const column& from, std::uint32_t begin, std::uint32_t end, std::uint32_t at);
  /// REQUIRES: no greater row has a cell. A row that has a cell keeps it.
  void put(const cell& what, std::uint32_t row);

  text_list texts() const { return texts_.view(); }
  bool empty() const { return texts_.ends.empty(); }
  std::uint64_t text_bytes() const { return texts_.bytes.size(); }

  /// Appends which rows have cells and which cells are literals, then `encoded_texts`.
  void encode(std::string_view encoded_texts, std::string& out) const;

 private:
  std::uint32_t rows_ = 0;
  text_buffer texts_;
  std::vector<std::uint64_t> present_;
  std::vector<std::uint64_t> literal_;
  std::uint32_t literals_ = 0;
};

/// Cells that were read.
struct decoded_cells {
  text_buffer texts;
  std::vector<std::uint64_t> present;
  std::vector<std::uint64_t> literal;
  bool all_literal = false;

  given_column named(std::string_view name) const {
    return {name, texts.view(), present, literal, all_literal};
  }
};

/// A column's texts as they are encoded, and how many they are.
struct encoded_cells {
  std::string_view texts;
  std::uint32_t count = 0;
};

/// Reads what cell_collector::encode() wrote, out of bytes that may be anything; `rows` and `most_bytes` of
/// text bound what is allocated. Errors: invalid.
result<decoded_cells> decode_cells(std::string_view bytes, std::uint32_t rows, std::size_t most_bytes);
/// The same without decoding the texts.
result<encoded_cells> find_encoded_cells(std::string_view bytes, std::uint32_t rows);

}  // namespace logstream
