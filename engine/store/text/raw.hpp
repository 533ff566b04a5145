// SPDX-License-Identifier: MIT
// Columns of texts that have nothing in common.
#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/text_list.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace logstream {

/// Appends the sizes of `texts` and their bytes, through zstd if that saves enough.
void write_raw(text_list texts, std::string& out);

/// Appends `count` texts that write_raw wrote, all of which is in `from`. False if it is broken or gives more
/// than `most_bytes` bytes.
bool read_raw(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out);

}  // namespace logstream
