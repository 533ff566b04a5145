// SPDX-License-Identifier: MIT
// Memory for short texts that live together and die together.
#pragma once

#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

namespace logstream {

/// Hands out memory that stays where it is until clear(). Blocks are kept for the next round up to a bound.
class text_arena {
 public:
  /// Memory for `size` bytes, valid until clear().
  char* allocate(std::size_t size) {
    if (blocks_.empty() || size > blocks_.back().size - used_)
      add_block(size);
    char* at = blocks_.back().memory.get() + used_;
    used_ += size;
    return at;
  }

  /// A copy of `text`, valid until clear().
  std::string_view keep(std::string_view text) {
    char* at = allocate(text.size());
    if (!text.empty())
      std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
  }

  /// Frees all texts; keeps one ordinary block.
  void clear() {
    if (blocks_.size() > 1 || (blocks_.size() == 1 && blocks_.front().size > block_size))
      blocks_.clear();
    used_ = 0;
  }

 private:
  struct block {
    std::unique_ptr<char[]> memory;
    std::size_t size = 0;
  };
  static constexpr std::size_t block_size = 64 * 1024;

  void add_block(std::size_t size) {
    const std::size_t wanted = size > block_size ? size : block_size;
    blocks_.push_back({std::unique_ptr<char[]>(new char[wanted]), wanted});
    used_ = 0;
  }

  std::vector<block> blocks_;
  std::size_t used_ = 0;
};

}  // namespace logstream
