// SPDX-License-Identifier: MIT
// Columns of few distinct texts.
#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/text_list.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

/// The distinct texts in the order they first appear in, and for each row which one it has.
struct text_dictionary {
  text_buffer texts;
  std::vector<std::int64_t> codes;
};

/// Nothing, and soon, if there are more than `most` distinct texts, or more than a dictionary may have.
std::optional<text_dictionary> find_distinct(text_list texts, std::uint32_t most);

/// Appends what follows the encoding.
void write_dictionary(const text_dictionary& dictionary, std::string& out);

/// Appends `count` texts that write_dictionary wrote, all of which is in `from`. False if it is broken or
/// gives more than `most_bytes` bytes.
bool read_dictionary(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out);

/// Appends the distinct texts alone. False if they are broken.
bool read_distinct(byte_reader& from, text_buffer& out);

}  // namespace logstream
