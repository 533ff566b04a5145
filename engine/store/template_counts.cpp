// SPDX-License-Identifier: MIT
// A template is known by its text: each block has its own list of them.
#include "engine/store/template_counts.hpp"

#include "engine/store/segment_chunks.hpp"
#include "engine/store/templates/block_reader.hpp"

#include <algorithm>
#include <map>
#include <string_view>

namespace logstream {

namespace {

std::string text_of(const message_template& from) {
  static constexpr std::string_view kinds[] = {"<digits>", "<hex>", "<uuid>", "<word>"};
  std::string text = from.pieces[0];
  for (std::size_t i = 0; i < from.variables.size(); ++i) {
    text += kinds[static_cast<std::size_t>(from.variables[i])];
    text += from.pieces[i + 1];
  }
  return text;
}

const segment_directory::chunk* messages_of(const segment_directory& in, std::uint32_t block) {
  const auto chunks = in.chunks(block);
  const auto found = std::find_if(chunks.begin(), chunks.end(), [](const segment_directory::chunk& each) {
    return each.kind == chunk_kind::messages;
  });
  return found == chunks.end() ? nullptr : &*found;
}

}  // namespace

result<std::vector<template_count>> count_templates(const segment& of) {
  std::map<std::string, std::uint64_t> rows_by_text;
  const segment_directory& directory = of.directory();
  for (std::uint32_t block = 0; block < directory.blocks().size(); ++block) {
    const auto* chunk = messages_of(directory, block);
    if (chunk == nullptr || chunk->encoding != text_encoding::templates)
      continue;
    const auto read = segment_chunks::read(of, block, {true, std::vector<std::string>{}});
    if (!read)
      return read.failure();
    const auto cells = read->messages();
    if (!cells)
      return cells.failure();
    template_block parts;
    // Behind the byte that names the encoding.
    if (cells->texts.empty() ||
        !read_block(cells->texts.substr(1), cells->count, directory.blocks()[block].text_bytes, {}, parts))
      return make_error(errc::invalid, of.path() + ": block " + std::to_string(block) +
                                           ", messages: these are no templates");
    for (std::size_t i = 0; i < parts.templates.size(); ++i)
      rows_by_text[text_of(parts.templates[i])] += parts.rows[i];
  }
  std::vector<template_count> found;
  for (const auto& [text, rows] : rows_by_text) found.push_back({text, rows});
  std::stable_sort(found.begin(), found.end(),
                   [](const template_count& a, const template_count& b) { return a.rows > b.rows; });
  return found;
}

}  // namespace logstream
