// SPDX-License-Identifier: MIT
// Writes the rows of parts as one segment file, block by block.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/segment_block_writer.hpp"
#include "engine/store/segment_rows.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What to write.
struct segment_order {
  std::vector<part> parts;
  origin from;
  std::uint16_t level = 0;
  /// Sorted, apart from each other, at least one; the rows of `parts` lie in them.
  std::vector<sequence_range> covers;
  block_limits limits;
};

/// One file, one thread. Holds one block beside the filters and the directory of those written. The file is
/// called NAME.tmp until finish() is through; one that is not finished is removed.
class segment_writer {
 public:
  /// Makes the file in `folder`.
  static result<std::unique_ptr<segment_writer>> create(std::shared_ptr<file_system> in, std::string folder,
                                                        segment_order order);
  ~segment_writer();
  segment_writer(const segment_writer&) = delete;
  segment_writer& operator=(const segment_writer&) = delete;

  /// Writes one more block; false if none was left. After an error the writer is done with.
  result<bool> advance();
  /// Ends the file and gives it its name; once it returns the segment survives a power cut. Where no row is
  /// there no file is left, and the segment returned has no rows. After an error there may be such a
  /// segment, whole, or not. REQUIRES: advance() returned false.
  result<segment_info> finish();

 private:
  segment_writer(std::shared_ptr<file_system> in, std::string folder, segment_order order);

  std::string temporary() const { return path_ + ".tmp"; }
  void next_stream();
  result<void> write_end();
  result<void> append(std::string_view bytes);

  std::shared_ptr<file_system> in_;
  std::string folder_;
  std::string path_;
  std::unique_ptr<output_file> out_;
  std::uint64_t written_ = 0;

  segment_order order_;
  std::vector<source_run> runs_;
  // The runs of one stream.
  std::span<const source_run> stream_;
  std::optional<run_merge> merge_;
  segment_block_writer blocks_;
  segment_directory directory_;
  std::string filters_;
  std::string block_;
};

/// All of it at once.
result<segment_info> write_segment(std::shared_ptr<file_system> in, std::string folder, segment_order order);

}  // namespace logstream
