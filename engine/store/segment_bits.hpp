// SPDX-License-Identifier: MIT
// Bitmaps to few bytes and back: which rows have a cell, which cells are literals.
#pragma once

#include "engine/base/bytes.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace logstream {

/// Words of 64 bits for `count` bits.
constexpr std::size_t bit_words(std::size_t count) {
  return (count + 63) / 64;
}

/// How many bits are set.
std::uint32_t count_bits(std::span<const std::uint64_t> words);

/// Appends `count` bits, lowest of the first word first. REQUIRES: bit_words(count) words, no bit set beyond
/// the last.
void append_bits(std::span<const std::uint64_t> words, std::uint32_t count, byte_writer& out);

/// Reads what append_bits wrote, out of bytes that may be anything: `from` is not ok() if they are no such
/// bits.
std::vector<std::uint64_t> take_bits(byte_reader& from, std::uint32_t count);

}  // namespace logstream
