// SPDX-License-Identifier: MIT
// XXH3, compiled once.
#include "engine/base/checksum.hpp"

#include <xxhash.h>

namespace logstream {

std::uint64_t checksum(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

}  // namespace logstream
