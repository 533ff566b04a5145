// SPDX-License-Identifier: MIT
// Each distinct text once, under a number.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace logstream {

/// Numbers texts from 0 in the order they first come. The texts are not copied: they must outlive the table.
class word_table {
 public:
  word_table();

  /// The number of `word`, a new one if it has none. REQUIRES: it is not empty.
  std::uint32_t number_of(std::string_view word) {
    // Every third word or so is a single space or dot: those are not hashed.
    if (word.size() != 1)
      return find_or_add(word);
    std::uint32_t& known = of_byte_[static_cast<unsigned char>(word.front())];
    if (known == 0)
      known = find_or_add(word) + 1;
    else
      ++uses_[known - 1];
    return known - 1;
  }

  std::string_view operator[](std::uint32_t number) const { return words_[number]; }
  /// How often the word was asked for.
  std::uint32_t uses_of(std::uint32_t number) const { return uses_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(words_.size()); }

 private:
  struct slot {
    std::uint32_t hash = 0;
    /// One more than the word's number; 0: free.
    std::uint32_t number = 0;
  };

  std::uint32_t find_or_add(std::string_view word);
  void grow();

  std::vector<std::string_view> words_;
  std::vector<std::uint32_t> uses_;
  std::vector<slot> slots_;
  /// Of each byte as a word one more than its number; 0: it has none.
  std::array<std::uint32_t, 256> of_byte_{};
};

}  // namespace logstream
