// SPDX-License-Identifier: MIT
// Percent-encoding of URLs.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace logstream::http {

/// Undoes percent-encoding; nothing if a `%` is not followed by two hexadecimal digits.
std::optional<std::string> decode_segment(std::string_view text);

/// As decode_segment for names and values of query strings, where `+` is a space.
std::optional<std::string> decode_query(std::string_view text);

/// Encodes all but letters, digits and `-._~`.
std::string encode_segment(std::string_view text);

}  // namespace logstream::http
