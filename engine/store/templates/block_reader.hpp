// SPDX-License-Identifier: MIT
// An encoded block of messages, taken apart: its templates, which one each row is, and its variables.
#pragma once

#include "engine/base/text_list.hpp"
#include "engine/store/templates/digit_column.hpp"
#include "engine/store/templates/message_template.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace logstream {

/// Where the values of a template's variable begin: in the digits, or, as numbers of texts, in the words.
struct variable_place {
  std::uint32_t first = 0;
};

/// A block's parts. The rows of a template have their values one behind the other, in the order of the rows.
struct template_block {
  std::vector<message_template> templates;
  /// One a row: its template, or templates.size() if the row is kept as it is.
  std::vector<std::uint32_t> codes;
  /// How many rows each template has, and in the end how many have none.
  std::vector<std::uint32_t> rows;
  /// For each template one for each variable.
  std::vector<std::vector<variable_place>> places;
  std::vector<digit_run> digits;
  /// The values of all other variables: which of the texts each is.
  std::vector<std::uint32_t> words;
  text_buffer texts;
  /// The rows that are kept as they are.
  text_buffer remainder;
};

/// Which parts of a block are wanted; the others are left empty.
struct block_parts {
  bool digits = true;
  /// Hexadecimal digits and UUIDs.
  bool hex = true;
  bool remainder = true;
};

/// Takes `encoded`, without its first byte, apart. False if it is no block of `count` rows. The memory that
/// is taken is bounded by `count` and `most_bytes`, whatever the bytes are; a block of so many bytes of
/// messages is never refused.
bool read_block(std::string_view encoded, std::uint32_t count, std::size_t most_bytes, block_parts parts,
                template_block& into);

}  // namespace logstream
