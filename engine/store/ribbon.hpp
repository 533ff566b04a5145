// SPDX-License-Identifier: MIT
// A set of numbers in 8.7 bits for each, which errs on one number in 256 that is not in it: a ribbon filter.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace logstream {

/// Each number is an equation over this many neighbouring bytes; no ribbon has fewer.
inline constexpr std::size_t ribbon_width = 64;
/// Each attempt makes other equations, and more bytes than the one before. One fails about once in a hundred
/// times at 1,000 numbers and once in twenty at 50,000.
inline constexpr std::uint8_t ribbon_attempts = 8;

/// Appends the ribbon of `hashes`, or nothing and returns false if the equations of this attempt contradict
/// each other. The same hashes give the same bytes. REQUIRES: `hashes` are sorted and distinct;
/// attempt < ribbon_attempts.
bool append_ribbon(std::span<const std::uint64_t> hashes, std::uint8_t attempt, std::string& out);

/// True if `hash` is one of those that `ribbon` was made of with that attempt. REQUIRES: ribbon_width bytes
/// or more, of any content.
bool ribbon_may_contain(std::string_view ribbon, std::uint8_t attempt, std::uint64_t hash);

}  // namespace logstream
