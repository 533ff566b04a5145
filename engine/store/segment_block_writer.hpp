// SPDX-License-Identifier: MIT
// Encodes blocks: the columns of each as chunks, and beside them what the directory and the filters tell.
#pragma once

#include "engine/store/segment_block.hpp"
#include "engine/store/segment_directory.hpp"
#include "engine/store/token_filter.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// One block after the other; holds one column beside the encoded block. The parts must outlive it.
class segment_block_writer {
 public:
  explicit segment_block_writer(std::span<const part> parts) : columns_(parts) {}

  /// Makes `out` the block's bytes, which are to stand behind those of the blocks in `directory`, and adds
  /// the block there and its filters to `filters`. Errors: too_large if its texts exceed what a block may
  /// have.
  result<void> write(std::span<const source_run> runs, std::span<const row_span> spans, std::uint32_t stream,
                     segment_directory& directory, std::string& filters, std::string& out);

  /// Names that chunks refer to.
  const name_table& names() const { return columns_.names(); }

 private:
  void write_numbers(chunk_kind kind, std::span<const std::int64_t> values);
  result<void> write_messages();
  result<void> write_field(std::size_t n);
  result<void> write_rest();
  std::uint32_t add_filter(text_list texts, bool whole);
  result<void> end_cells(segment_directory::new_chunk made);
  void end_chunk(segment_directory::new_chunk made);

  block_columns columns_;
  segment_directory* directory_ = nullptr;
  std::string* filters_ = nullptr;
  std::string* out_ = nullptr;
  // Where the chunk on its way begins.
  std::size_t chunk_ = 0;
  std::uint64_t text_bytes_ = 0;
  // Used again for each column.
  token_filter_builder filter_;
  cell_collector cells_;
  text_buffer values_;
  std::string encoded_;
  std::string templates_;
  std::vector<timestamp> times_;
  std::vector<std::int64_t> sequences_;
};

}  // namespace logstream
