// SPDX-License-Identifier: MIT
// A file or pipe read line by line, and followed through rotation and truncation.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// What there is to read right now.
enum class source_state : std::uint8_t { ready, idle, ended };

/// Reads never block. A line longer than longest_line is cut there.
class line_source {
 public:
  static constexpr std::size_t longest_line = 4 << 20;

  /// `-` is standard input. `follow` goes on at the end of a file, as `tail -F` does: with what is appended,
  /// with the file that takes its name, and from the start of a file that was cut.
  static result<line_source> open(const std::string& path, bool follow);

  line_source(line_source&& other) noexcept;
  line_source& operator=(line_source&&) = delete;
  ~line_source();

  /// Reads on. `ready`: there may be lines. `idle`: nothing now. `ended`: nothing any more, next_line gives
  /// the rest.
  source_state fill();
  /// Reads no more: next_line gives what is in hand, an unfinished line too.
  void finish() { complete_ = true; }
  /// Returns the next line without its end; valid until the next call of fill.
  std::optional<std::string_view> next_line();

  /// The descriptor to wait for when idle; nothing for a file, which is looked at again after a while.
  std::optional<int> waitable() const;
  /// Size of the file when it was opened; nothing for a pipe.
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  line_source(std::string path, bool follow, int descriptor);

  source_state end_of_file();
  bool reopen();

  std::string path_;
  bool follow_ = false;
  int descriptor_ = -1;
  bool is_file_ = false;
  std::optional<std::uint64_t> size_;
  std::uint64_t offset_ = 0;
  std::string buffer_;
  std::size_t begin_ = 0;
  /// Bytes from begin_ on that are known to hold no line end.
  std::size_t searched_ = 0;
  /// No more will come to what is in the buffer.
  bool complete_ = false;
  /// The rest of a line that was cut is still to be dropped.
  bool dropping_ = false;
};

}  // namespace logstream
