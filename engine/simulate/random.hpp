// SPDX-License-Identifier: MIT
// A small, fast random number generator whose numbers are the same on every machine.
#pragma once

#include <cstdint>

namespace logstream {

/// SplitMix64: one multiplication chain a number, any seed is good, never for secrets.
class random_source {
 public:
  explicit constexpr random_source(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    std::uint64_t value = state_ += 0x9e3779b97f4a7c15u;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
  }

  /// Returns a number in [0, limit), 0 when `limit` is 0.
  constexpr std::uint32_t below(std::uint32_t limit) {
    return static_cast<std::uint32_t>((next() >> 32) * limit >> 32);
  }

  /// Returns a number in [low, high]. REQUIRES: low <= high, and high - low below 2^32 - 1.
  constexpr std::uint32_t between(std::uint32_t low, std::uint32_t high) {
    return low + below(high - low + 1);
  }

 private:
  std::uint64_t state_;
};

}  // namespace logstream
