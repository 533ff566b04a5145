// SPDX-License-Identifier: MIT
// Packing of request bodies.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream {

enum class compression : std::uint8_t { none, gzip, zstd };

/// Returns the value of Content-Encoding, empty for none.
std::string_view content_encoding(compression kind);

/// Returns `text` packed at the fastest useful level.
std::string pack(std::string_view text, compression kind);

}  // namespace logstream
