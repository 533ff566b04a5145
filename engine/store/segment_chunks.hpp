// SPDX-License-Identifier: MIT
// The chunks of a block that a reader asked for: read and checked, not yet decoded.
#pragma once

#include "engine/store/segment_cells.hpp"
#include "engine/store/segment_reader.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Lets a reader look at what is encoded before it pays for decoding. Must not outlive its segment.
class segment_chunks {
 public:
  /// REQUIRES: `of` has such a block.
  static result<segment_chunks> read(const segment& of, std::uint32_t block, const column_selection& wanted);

  /// The messages as rows_that_may_contain() takes them. REQUIRES: they were selected.
  result<encoded_cells> messages() const;
  /// A field's texts as distinct_texts() takes them; nothing if it was not selected or has no column.
  result<std::optional<encoded_cells>> field(std::string_view name) const;

  /// The rows with all columns that were read.
  result<batch_ptr> decode() const;

 private:
  // A chunk of the block, its bytes without the checksum.
  struct read_chunk {
    std::size_t n;
    std::string_view bytes;
  };

  segment_chunks(const segment& of, std::uint32_t block) : of_(&of), block_(block) {}
  void select(const column_selection& wanted);
  result<void> read_selected();
  result<void> read_range(std::size_t begin, std::size_t end);
  const segment_directory::chunk& entry(const read_chunk& of) const;
  std::string section(const read_chunk& of) const;
  error damaged(const read_chunk& at, const error& why) const;
  const read_chunk* find(chunk_kind kind) const;
  result<void> decode_times(std::vector<timestamp>& times, std::vector<std::uint64_t>& sequences) const;
  // Adds the cells of a chunk behind the sequences to the rows.
  result<void> give(const read_chunk& of, const decoded_cells& cells, given_rows& to) const;

  const segment* of_;
  std::uint32_t block_;
  std::vector<read_chunk> chunks_;
  // What the chunks point into.
  std::vector<std::unique_ptr<std::string>> bytes_;
};

}  // namespace logstream
