// SPDX-License-Identifier: MIT
// Many texts end to end, as columns hold them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// A view: the n-th text spans [ends[n - 1], ends[n]) of `bytes`, the first one begins at 0.
struct text_list {
  std::string_view bytes;
  std::span<const std::uint32_t> ends;

  std::uint32_t size() const { return static_cast<std::uint32_t>(ends.size()); }
  std::string_view operator[](std::uint32_t n) const {
    const std::uint32_t begin = n == 0 ? 0 : ends[n - 1];
    return bytes.substr(begin, ends[n] - begin);
  }
};

/// The same with memory of its own.
struct text_buffer {
  std::string bytes;
  std::vector<std::uint32_t> ends;

  /// REQUIRES: all bytes together stay below 4 GiB.
  void push(std::string_view text) {
    bytes.append(text);
    ends.push_back(static_cast<std::uint32_t>(bytes.size()));
  }
  void clear() {
    bytes.clear();
    ends.clear();
  }
  text_list view() const { return {bytes, ends}; }
};

}  // namespace logstream
