// SPDX-License-Identifier: MIT
// Seeds of property tests: the same in every run unless LOGSTREAM_SEED names another.
#pragma once

#include "engine/simulate/random.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace logstream::test {

/// The number in LOGSTREAM_SEED, or `usual` if it is not set.
inline std::uint64_t seed_or(std::uint64_t usual) {
  const char* const given = std::getenv("LOGSTREAM_SEED");
  return given == nullptr ? usual : std::strtoull(given, nullptr, 10);
}

/// True once in `n` times on average.
inline bool one_in(random_source& random, std::uint32_t n) {
  return random.below(n) == 0;
}

/// One element of `from`. REQUIRES: `from` is not empty.
template <class Container>
const auto& pick(random_source& random, const Container& from) {
  return from[random.below(static_cast<std::uint32_t>(from.size()))];
}

/// What a failing property test prints, so that it can be run again.
inline std::string describe_seed(std::uint64_t seed) {
  return "LOGSTREAM_SEED=" + std::to_string(seed);
}

}  // namespace logstream::test
