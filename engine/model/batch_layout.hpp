// SPDX-License-Identifier: MIT
// What the encoder and the decoder of batches agree on; see docs/formats/batch.md.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

namespace logstream::batch_layout {

static_assert(std::endian::native == std::endian::little, "tables are copied as they stand in memory");

/// The first byte.
inline constexpr std::uint8_t version = 1;

/// Bits of the second byte.
inline constexpr std::uint8_t has_sequences = 1;
inline constexpr std::uint8_t has_rest = 2;

/// A column's shape: how many bytes a size has, as a power of two, and above it which cells are literals.
inline constexpr unsigned width_bits = 2;

/// The least that the head of a run and of a column takes.
inline constexpr std::size_t least_run_head = 5;
inline constexpr std::size_t least_column_head = 4;

/// Words of a map with a bit for each of `count`.
constexpr std::size_t words_for(std::size_t count) {
  return (count + 63) / 64;
}

/// The power of two of the bytes that hold every number up to `greatest`.
constexpr std::uint8_t width_for(std::uint64_t greatest) {
  return greatest <= 0xff ? 0 : greatest <= 0xffff ? 1 : greatest <= 0xffffffff ? 2 : 3;
}

}  // namespace logstream::batch_layout
