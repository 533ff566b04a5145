// SPDX-License-Identifier: MIT
// Well-formed sequences as table 3-7 of the Unicode standard lists them.
#include "engine/base/utf8.hpp"

#include <algorithm>

namespace logstream {

namespace {

unsigned char byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

bool continues(std::string_view text, std::size_t at, unsigned char low = 0x80, unsigned char high = 0xbf) {
  return at < text.size() && byte_at(text, at) >= low && byte_at(text, at) <= high;
}

// The size of the well-formed character at the front of `text`, 0 if there is none.
std::size_t character_size(std::string_view text) {
  const unsigned char lead = byte_at(text, 0);
  if (lead < 0x80)
    return 1;
  if (lead >= 0xc2 && lead <= 0xdf)
    return continues(text, 1) ? 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    const unsigned char low = lead == 0xe0 ? 0xa0 : 0x80;
    const unsigned char high = lead == 0xed ? 0x9f : 0xbf;
    return continues(text, 1, low, high) && continues(text, 2) ? 3 : 0;
  }
  if (lead >= 0xf0 && lead <= 0xf4) {
    const unsigned char low = lead == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = lead == 0xf4 ? 0x8f : 0xbf;
    return continues(text, 1, low, high) && continues(text, 2) && continues(text, 3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

std::size_t utf8_prefix(std::string_view text, std::size_t limit) {
  if (text.size() <= limit)
    return text.size();
  std::size_t size = limit;
  // A character has at most three bytes behind its first.
  for (int back = 0; back < 3 && size > 0 && (byte_at(text, size) & 0xc0) == 0x80; ++back) --size;
  return (byte_at(text, size) & 0xc0) == 0x80 ? limit : size;
}

void append_valid_utf8(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0)
      out += "\xef\xbf\xbd";
    else
      out += text.substr(0, size);
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
}

}  // namespace logstream
