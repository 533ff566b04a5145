// SPDX-License-Identifier: MIT
// Bytes through zstd, many small blocks a second.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace logstream {

/// Appends `bytes` as one zstd frame and returns its size.
std::size_t compress_block(std::string_view bytes, std::string& out);

/// Fills [to, to + size) with what `block` holds. False if it is no zstd frame of exactly that many bytes;
/// what is at `to` then is unspecified. `block` may be any bytes.
bool decompress_block(std::string_view block, char* to, std::size_t size);

}  // namespace logstream
