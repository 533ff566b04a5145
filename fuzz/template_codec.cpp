// SPDX-License-Identifier: MIT
// Throws bytes at message templates. The first byte chooses: blocks that may be broken are decoded and
// searched, or the rest's lines are encoded, decoded, and searched for a piece of themselves. Without
// libFuzzer it runs over the files and folders named on the command line.
#include "engine/store/template_codec.hpp"

#include "engine/store/templates/decoder.hpp"
#include "engine/store/templates/encoder.hpp"
#include "engine/store/templates/search.hpp"
#include "fuzz/support/require.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using namespace logstream;
using fuzz::require;

constexpr std::size_t most_bytes = 64 * 1024;

// The block's first byte says how many rows it is read as.
void decode(std::string_view block) {
  if (block.empty())
    return;
  const std::uint32_t count = 1 + static_cast<unsigned char>(block.front());
  block.remove_prefix(1);
  text_buffer messages;
  if (decode_from_templates(block, count, most_bytes, messages)) {
    require(messages.ends.size() == count, "a block has as many rows as it is read as");
    require(messages.bytes.size() <= most_bytes, "a block has no more bytes than allowed");
  }
  const auto rows = search_templates(block, count, "a1", true);
  require(rows.empty() || rows.size() == count, "a search says something of all rows or of none");
}

text_buffer lines_of(std::string_view text) {
  text_buffer lines;
  for (std::size_t end = 0; end != std::string_view::npos;) {
    end = text.find('\n');
    lines.push(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

void search(const text_buffer& messages, std::string_view encoded, std::string_view needle) {
  const text_list all = messages.view();
  const auto rows = search_templates(encoded, all.size(), needle, false);
  require(rows.size() == all.size(), "a search says something of each row");
  for (std::uint32_t row = 0; row < all.size(); ++row)
    require(rows[row] || all[row].find(needle) == std::string_view::npos, "a search misses no row");
}

void round_trip(std::string_view text) {
  const text_buffer messages = lines_of(text);
  const std::uint32_t count = messages.view().size();
  std::string encoded;
  encode_as_templates(messages.view(), encoded);
  text_buffer got;
  require(decode_from_templates(encoded, count, messages.bytes.size(), got), "what is encoded is decoded");
  require(got.ends == messages.ends && got.bytes == messages.bytes, "messages come back to the byte");
  for (std::size_t size : {1, 4, 11})
    search(messages, encoded, std::string_view{messages.bytes}.substr(messages.bytes.size() / 2, size));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view rest{reinterpret_cast<const char*>(data) + 1, size - 1};
  // Text files begin with a letter or a digit: "0" is a block, "1" is lines.
  if (data[0] % 2 == 0)
    decode(rest);
  else
    round_trip(rest);
  return 0;
}
