// SPDX-License-Identifier: MIT
// Opens segments and gives their blocks back as batches, reading no more of the file than is asked for.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/model/batch.hpp"
#include "engine/store/segment_directory.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Which columns of a block are wanted; times and ids always are.
struct column_selection {
  bool messages = true;
  /// Nothing: all of them.
  std::optional<std::vector<std::string>> fields;

  static column_selection all() { return {}; }
  static column_selection none() { return {false, std::vector<std::string>{}}; }
};

/// An open segment: its directory in memory, its cells in the file, of which it takes nothing on trust: bytes
/// that are not what was written are errors (invalid) that name file, section and offset. Immutable; any
/// number of threads may read one.
class segment {
 public:
  /// Errors: invalid if the file is damaged or no segment, unsupported if it is of a later version, and those
  /// of file_system.
  static result<std::shared_ptr<const segment>> open(file_system& in, const std::string& path);

  const segment_directory& directory() const { return directory_; }
  const segment_info& info() const { return directory_.info; }
  const std::string& path() const { return path_; }

  /// The filters of all blocks, as segment_directory::filter() and candidate_blocks() take them.
  result<std::string> read_filters() const;

  /// The rows of a block, with their ids; columns that were not selected are missing, see batch_assembler.
  /// REQUIRES: there is such a block.
  result<batch_ptr> read_block(std::uint32_t block, const column_selection& wanted) const;

 private:
  friend class segment_chunks;
  segment(std::string path, std::unique_ptr<input_file> file)
      : path_(std::move(path)), file_(std::move(file)) {}

  error damaged(std::string_view section, std::uint64_t offset, std::string_view why) const;
  error damaged(std::string_view section, std::uint64_t offset, const error& why) const;
  result<void> read_directory();
  result<std::string> read_checked(std::string_view section, std::uint64_t offset, std::uint64_t size,
                                   std::uint64_t expected) const;

  std::string path_;
  std::unique_ptr<input_file> file_;
  segment_directory directory_;
};

using segment_ptr = std::shared_ptr<const segment>;

}  // namespace logstream
