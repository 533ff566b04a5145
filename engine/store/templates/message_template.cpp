// SPDX-License-Identifier: MIT
// What a program prints again and again: texts that stay, and what kind of thing varies between them.
#include "engine/store/templates/message_template.hpp"

namespace logstream {

namespace {

bool read_template(byte_reader& in, message_template& into) {
  const std::uint64_t variables = in.varint();
  if (variables > message_template::most_variables)
    return false;
  for (const char each : in.raw(variables)) {
    if (static_cast<unsigned char>(each) > static_cast<std::uint8_t>(variable_kind::word))
      return false;
    into.variables.push_back(static_cast<variable_kind>(each));
  }
  for (std::uint64_t i = 0; i <= variables; ++i) into.pieces.emplace_back(in.text());
  return in.ok();
}

}  // namespace

void append_templates(const std::vector<message_template>& templates, byte_packer& packer, std::string& out) {
  std::string bytes;
  byte_writer writer{bytes};
  for (const message_template& each : templates) {
    writer.varint(each.variables.size());
    for (const variable_kind kind : each.variables) writer.fixed(kind);
    for (const std::string& piece : each.pieces) writer.text(piece);
  }
  packer.append(bytes, out);
}

bool read_templates(byte_reader& in, std::uint32_t rows, std::size_t most_bytes, byte_unpacker& unpacker,
                    std::vector<message_template>& templates) {
  // A template's texts and variables are bytes of its messages; what else is kept is a kind for each variable
  // and sizes.
  const std::size_t most_packed = most_bytes * 8 + std::size_t{rows} * 8;
  std::string bytes;
  if (!unpacker.read(in, most_packed, bytes))
    return false;
  byte_reader reader{bytes};
  std::size_t variables = 0;
  while (reader.left() != 0) {
    if (templates.size() == rows || !read_template(reader, templates.emplace_back()))
      return false;
    variables += templates.back().variables.size();
    if (variables > most_bytes)
      return false;
  }
  return true;
}

}  // namespace logstream
