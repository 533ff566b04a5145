// SPDX-License-Identifier: MIT
// Eight bytes at once, as the same number on every machine.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace logstream {

/// The `size` bytes at `from` as a number, low byte first; zeros stand for what is missing to eight.
/// REQUIRES: size <= 8.
inline std::uint64_t load_little(const char* from, std::size_t size = sizeof(std::uint64_t)) {
  std::uint64_t value = 0;
  std::memcpy(&value, from, size);
  if constexpr (std::endian::native == std::endian::big)
    value = __builtin_bswap64(value);
  return value;
}

}  // namespace logstream
