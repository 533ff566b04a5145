// SPDX-License-Identifier: MIT
// One column of a batch: a text for each row that has one, end to end, in memory that the batch owns.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

namespace logstream {

/// A cell's content; `literal` as in `field`.
struct cell {
  std::string_view text;
  bool literal = false;

  bool operator==(const cell&) const = default;
};

/// A read-only view into a batch's arena. Rows without a value have no cell; where every row has one no
/// presence map is kept. Must not outlive its batch.
class column {
 public:
  std::string_view name() const { return name_; }

  /// How many rows have a cell.
  std::uint32_t count() const { return count_; }

  /// The cell of `row`, if it has one. REQUIRES: row < rows of the batch.
  std::optional<cell> at(std::uint32_t row) const {
    if (present_ == nullptr)
      return nth(row);
    const std::uint64_t word = present_[row / 64];
    const std::uint64_t bit = std::uint64_t{1} << row % 64;
    if ((word & bit) == 0)
      return std::nullopt;
    return nth(ranks_[row / 64] + static_cast<std::uint32_t>(std::popcount(word & (bit - 1))));
  }

  /// True if `row` has a cell. REQUIRES: row < rows of the batch.
  bool has(std::uint32_t row) const {
    return present_ == nullptr || (present_[row / 64] >> row % 64 & 1) != 0;
  }
  /// How many of the rows before `row` have a cell. REQUIRES: row < rows of the batch.
  std::uint32_t cells_before(std::uint32_t row) const {
    if (present_ == nullptr)
      return row;
    const std::uint64_t before = (std::uint64_t{1} << row % 64) - 1;
    return ranks_[row / 64] + static_cast<std::uint32_t>(std::popcount(present_[row / 64] & before));
  }
  /// False if no cell is a literal.
  bool any_literal() const { return literals_ != literals::none; }
  /// True if each cell is one.
  bool all_literal() const { return literals_ == literals::all; }

  /// All texts end to end; the n-th present cell spans [ends()[n-1], ends()[n]).
  std::string_view bytes() const { return {bytes_, count_ == 0 ? 0 : ends_[count_ - 1]}; }
  const std::uint32_t* ends() const { return ends_; }
  /// True where every row of the batch has a cell: the n-th cell is then row n's.
  bool dense() const { return present_ == nullptr; }

  /// The n-th present cell. REQUIRES: n < count().
  cell nth(std::uint32_t n) const {
    const std::uint32_t begin = n == 0 ? 0 : ends_[n - 1];
    return {{bytes_ + begin, ends_[n] - begin}, is_literal(n)};
  }

 private:
  friend class batch_assembler;
  friend class batch_builder;
  friend class batch_decoder;
  friend class batch_encoder;
  friend class batch_writer;

  enum class literals : std::uint8_t { none, all, mixed };

  bool is_literal(std::uint32_t n) const {
    if (literals_ != literals::mixed)
      return literals_ == literals::all;
    return (literal_[n / 64] >> n % 64 & 1) != 0;
  }

  std::string_view name_;
  const char* bytes_ = nullptr;
  const std::uint32_t* ends_ = nullptr;
  const std::uint64_t* present_ = nullptr;
  const std::uint32_t* ranks_ = nullptr;
  const std::uint64_t* literal_ = nullptr;
  std::uint32_t count_ = 0;
  literals literals_ = literals::none;
};

}  // namespace logstream
