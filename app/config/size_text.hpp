// SPDX-License-Identifier: MIT
// Sizes in bytes as text.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// Reads a size like `64MiB`, `1.5GB` or `512`; units in powers of 1024 (KiB to TiB) or of 1000 (kB to TB).
std::optional<std::uint64_t> parse_bytes(std::string_view text);

/// Prints the shortest text that parse_bytes reads back as the same number.
std::string format_bytes(std::uint64_t bytes);

}  // namespace logstream
