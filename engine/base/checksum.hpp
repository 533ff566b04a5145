// SPDX-License-Identifier: MIT
// The checksum of everything that is kept on disk.
#pragma once

#include <cstdint>
#include <string_view>

namespace logstream {

/// XXH3-64 of `bytes`, without a seed; that of several pieces is the checksum of each in turn, seeded with
/// the one before. (xxHash's specification, XXH3_64bits_withSeed.)
std::uint64_t checksum(std::string_view bytes, std::uint64_t seed = 0);

}  // namespace logstream
