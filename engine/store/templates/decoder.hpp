// SPDX-License-Identifier: MIT
// Messages from templates, rows and columns of variables.
#pragma once

#include "engine/base/text_list.hpp"

#include <cstdint>
#include <string_view>

namespace logstream {

/// Appends what encode_as_templates encoded; false if `encoded` is no block of `count` rows, or one of more
/// than `most_bytes` bytes.
bool decode_from_templates(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                           text_buffer& out);

}  // namespace logstream
