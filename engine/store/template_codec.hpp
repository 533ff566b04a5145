// SPDX-License-Identifier: MIT
// Messages as templates and variables: what programs print again and again is kept once, what varies is kept
// as what it is.
#pragma once

#include "engine/base/result.hpp"
#include "engine/base/text_list.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Appends `messages` as templates and columns of variables if that is less than a quarter of their bytes, or
/// smaller than what encode_texts makes of the messages as they are, which is appended otherwise: in both
/// cases decode_texts gives them back to the byte. REQUIRES: messages.size() > 0.
void encode_messages(text_list messages, std::string& out);

/// Decodes what encode_messages wrote with text_encoding::templates; decode_texts calls it.
result<void> decode_messages(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                             text_buffer& out);

/// Which rows can contain `needle` (`any_case`: ASCII letters match both cases), judged by templates, by what
/// kind each variable is and by dictionaries, without making any message: one flag a row; false means the row
/// does not contain it. Empty if nothing can be said or `encoded` is broken: every row must then be looked
/// at.
std::vector<bool> rows_that_may_contain(std::string_view encoded, std::uint32_t count,
                                        std::string_view needle, bool any_case);

}  // namespace logstream
