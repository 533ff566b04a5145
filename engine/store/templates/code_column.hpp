// SPDX-License-Identifier: MIT
// Small numbers, each below a limit that the reader knows, in few bits.
#pragma once

#include "engine/store/templates/packed_bytes.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace logstream {

/// Appends `codes`, each below `limit`: nothing at all if there is but one, otherwise bits or zstd, whichever
/// is less.
void append_codes(std::span<const std::uint32_t> codes, std::uint32_t limit, byte_packer& packer,
                  std::string& out);

/// Appends `count` codes below `limit` to `codes`; false if `in` does not hold them.
bool read_codes(byte_reader& in, std::uint32_t count, std::uint32_t limit, byte_unpacker& unpacker,
                std::vector<std::uint32_t>& codes);

}  // namespace logstream
