// SPDX-License-Identifier: MIT
// Message templates, where they pay.
#include "engine/store/template_codec.hpp"

#include "engine/store/templates/decoder.hpp"
#include "engine/store/templates/encoder.hpp"
#include "engine/store/templates/search.hpp"
#include "engine/store/text_codec.hpp"

namespace logstream {

namespace {

// Where templates leave less than one byte in so many, nothing else leaves less often enough to be tried.
constexpr std::size_t clearly_smaller = 4;
// Above this tokens cannot be numbered; far above what a block holds.
constexpr std::size_t most_message_bytes = std::size_t{512} << 20;

bool has_templates(std::string_view encoded) {
  return !encoded.empty() && static_cast<text_encoding>(encoded.front()) == text_encoding::templates;
}

}  // namespace

void encode_messages(text_list messages, std::string& out) {
  if (messages.bytes.size() > most_message_bytes) {
    encode_texts(messages, out);
    return;
  }
  const std::size_t before = out.size();
  out.push_back(static_cast<char>(text_encoding::templates));
  encode_as_templates(messages, out);
  const std::size_t size = out.size() - before;
  if (size < messages.bytes.size() / clearly_smaller)
    return;
  std::string plain;
  encode_texts(messages, plain);
  if (plain.size() <= size) {
    out.resize(before);
    out.append(plain);
  }
}

result<void> decode_messages(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                             text_buffer& out) {
  if (!has_templates(encoded) || !decode_from_templates(encoded.substr(1), count, most_bytes, out))
    return make_error(errc::invalid, "no message templates of that many rows and bytes");
  return {};
}

std::vector<bool> rows_that_may_contain(std::string_view encoded, std::uint32_t count,
                                        std::string_view needle, bool any_case) {
  if (!has_templates(encoded))
    return {};
  return search_templates(encoded.substr(1), count, needle, any_case);
}

}  // namespace logstream
