// SPDX-License-Identifier: MIT
// Which messages of a block are told as one template.
#pragma once

#include "engine/store/templates/tokenizer.hpp"

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace logstream {

/// A row's tokens, in the tokenizer's lists.
struct row_tokens {
  std::uint32_t first_symbol = 0;
  std::uint32_t symbols = 0;
  std::uint32_t first_variable = 0;
};

/// Rows whose tokens are equal, but for the words at some places.
struct row_group {
  /// The tokens of one of the rows; a word that is not the same in all has no number.
  std::vector<symbol> pattern;
  std::vector<std::uint32_t> rows;
};

/// Stands in a pattern for words that differ.
constexpr symbol any_word = word_symbol(std::numeric_limits<std::uint32_t>::max() >> 3);

/// Groups the rows: those with equal tokens first, then what is rare with what it resembles. The same rows
/// make the same groups, the largest first; the rows of a group are in order.
std::vector<row_group> group_rows(std::span<const symbol> symbols, std::span<const row_tokens> rows);

}  // namespace logstream
