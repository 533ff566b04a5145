// SPDX-License-Identifier: MIT
// The little that the engine must know of UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace logstream {

/// The size of the longest prefix of `text` of at most `limit` bytes that does not end inside a character.
std::size_t utf8_prefix(std::string_view text, std::size_t limit);

/// Appends `text` with each byte that is not part of a well-formed character replaced by U+FFFD.
void append_valid_utf8(std::string& out, std::string_view text);

}  // namespace logstream
