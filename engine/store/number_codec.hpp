// SPDX-License-Identifier: MIT
// Integers to few bytes and back: times, sequences, sizes, and the values of columns that are numbers.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Appends `values`, any of them, in the smallest of these: as they are, as differences or as differences of
/// differences, each freed of a common divisor and packed to bits. See docs/formats/column.md.
void encode_numbers(std::span<const std::int64_t> values, std::string& out);

/// Replaces `out` by the `count` values that `encoded`, all of it, holds. `encoded` may be any bytes: what is
/// not an encoding of that many values is an error (invalid), and `out` is then in no particular state.
/// Memory is taken for `count` values whatever `encoded` is: the caller bounds it.
result<void> decode_numbers(std::string_view encoded, std::uint32_t count, std::vector<std::int64_t>& out);

}  // namespace logstream
