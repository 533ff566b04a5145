// SPDX-License-Identifier: MIT
// Runs of decimal digits as numbers, leading zeros and all.
#pragma once

#include "engine/base/bytes.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace logstream {

/// A run of digits: its number, and how many they are.
struct digit_run {
  /// More may not fit into a number.
  static constexpr unsigned most_size = 18;

  std::uint64_t value = 0;
  std::uint32_t size = 0;
};

/// How many digits `value` has without leading zeros; one for 0.
unsigned digits_of(std::uint64_t value);

/// Appends the runs in the shape that is smallest: numbers without leading zeros, runs of one size, or runs
/// of any size; the first two as they are or as differences. REQUIRES: each has 1 to most_size digits.
void append_digits(std::span<const digit_run> runs, std::string& out);

/// Appends `count` runs, each as the promise above says, to `runs`; false if `in` does not hold them.
bool read_digits(byte_reader& in, std::uint32_t count, std::vector<digit_run>& runs);

/// Goes past what read_digits would read; false if it is cut off.
bool skip_digits(byte_reader& in, std::uint32_t count);

}  // namespace logstream
