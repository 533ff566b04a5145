// SPDX-License-Identifier: MIT
// Content encodings of bodies, and how to undo them within a bound.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

enum class body_encoding : std::uint8_t { identity, gzip, deflate, zstd };

/// Reads a Content-Encoding header; nothing for one we do not take.
std::optional<body_encoding> parse_body_encoding(std::string_view header);

/// Unpacks `body`. Errors: too_large before more than `limit` bytes are made, invalid for broken data.
result<std::string> unpack(std::string_view body, body_encoding encoding, std::size_t limit);

}  // namespace logstream
