// SPDX-License-Identifier: MIT
// The least and the greatest of numbers that a double may not hold exactly.
#pragma once

#include "engine/base/text_list.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

namespace logstream {

/// Doubles that a set of numbers lies between; exact where doubles are.
struct number_range {
  double least = std::numeric_limits<double>::infinity();
  double greatest = -std::numeric_limits<double>::infinity();

  void add(const number_range& other);
};

/// The number `mantissa` / 10^`digits`. REQUIRES: digits <= 18.
number_range range_of_decimal(std::int64_t mantissa, unsigned digits);

/// A plain decimal number: digits, perhaps a sign '-' before them, perhaps a '.' and digits behind them.
/// Nothing if it is none, or none that a double comes near.
std::optional<number_range> range_of_text(std::string_view text);

/// Covers all texts; nothing unless each is such a number.
std::optional<number_range> range_of_texts(text_list texts);

}  // namespace logstream
