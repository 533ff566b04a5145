// SPDX-License-Identifier: MIT
// What a program prints again and again: texts that stay, and what kind of thing varies between them.
#pragma once

#include "engine/store/templates/packed_bytes.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

/// How a variable is kept. Persisted: values never change. See docs/formats/templates.md.
enum class variable_kind : std::uint8_t {
  /// Decimal digits.
  digits = 0,
  /// Hexadecimal digits of one case.
  hex = 1,
  uuid = 2,
  /// Any text.
  word = 3,
};

struct message_template {
  /// A message of more tokens is not told as a template.
  static constexpr std::size_t most_variables = 250;
  /// A template of fewer rows shares the columns of its variables with the others like it: a column of its
  /// own costs more than it saves.
  static constexpr std::uint32_t least_rows_alone = 16;

  std::vector<variable_kind> variables;
  /// What stands before, between and behind the variables: one more than those.
  std::vector<std::string> pieces;
};

void append_templates(const std::vector<message_template>& templates, byte_packer& packer, std::string& out);

/// Reads what append_templates wrote; false if it is broken, or more than `rows` messages of `most_bytes`
/// bytes altogether can need.
bool read_templates(byte_reader& in, std::uint32_t rows, std::size_t most_bytes, byte_unpacker& unpacker,
                    std::vector<message_template>& templates);

}  // namespace logstream
