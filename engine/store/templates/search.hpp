// SPDX-License-Identifier: MIT
// Which rows of an encoded block can hold a text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace logstream {

/// What rows_that_may_contain promises, of a block without its first byte.
std::vector<bool> search_templates(std::string_view encoded, std::uint32_t count, std::string_view needle,
                                   bool any_case);

}  // namespace logstream
