// SPDX-License-Identifier: MIT
// Numbers in as many bits as the largest of them takes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace logstream {

/// The bytes that `count` numbers of `width` bits take.
constexpr std::size_t packed_size(std::size_t count, unsigned width) {
  return count / 8 * width + (count % 8 * width + 7) / 8;
}

/// Appends the lowest `width` bits of each number, the first number in the lowest bits of the first byte; the
/// bits left over in the last byte are zero. REQUIRES: width <= 64.
void pack_bits(std::span<const std::uint64_t> numbers, unsigned width, std::string& out);

/// Fills `numbers` with what pack_bits packed. REQUIRES: width <= 64 and
/// packed.size() >= packed_size(numbers.size(), width).
void unpack_bits(std::string_view packed, unsigned width, std::span<std::uint64_t> numbers);

}  // namespace logstream
