// SPDX-License-Identifier: MIT
// The bytes that the digits stand for, end to end.
#include "engine/store/text/hex.hpp"

#include "engine/store/text/hex_digits.hpp"

namespace logstream {

namespace {

constexpr std::size_t most_size = 255;

std::optional<std::string> head_of(text_sample sample) {
  // The first text may be the odd one out; of three, one is not.
  for (std::size_t i = 0; i < std::min<std::size_t>(sample.size(), 3); ++i) {
    const std::size_t size = sample[i].size() / 2;
    if (size == 0 || size > most_size || sample[i].size() % 2 != 0)
      continue;
    hex_case kind = hex_case::lower;
    for (const std::string_view each : sample.first(std::min<std::size_t>(sample.size(), 8)))
      if (each.size() == 2 * size && case_of(each) == hex_case::upper)
        kind = hex_case::upper;
    std::array<char, most_size> bytes{};
    if (mostly(sample, [&](std::string_view each) {
          return each.size() == 2 * size && read_hex(each.data(), size, kind, bytes.data());
        }))
      return std::string{static_cast<char>(size), static_cast<char>(kind)};
  }
  return std::nullopt;
}

bool encode(text_list texts, std::string_view head, typed_column& column) {
  const std::size_t size = static_cast<unsigned char>(head[0]);
  const auto kind = static_cast<hex_case>(head[1]);
  std::string& body = column.body;
  body = head;
  body.resize(head.size() + texts.size() * size);
  char* to = body.data() + head.size();
  const bool fit = column.split(texts, [&](std::string_view text) {
    if (text.size() != 2 * size || !read_hex(text.data(), size, kind, to))
      return false;
    to += size;
    return true;
  });
  body.resize(static_cast<std::size_t>(to - body.data()));
  return fit;
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const std::size_t size = from.fixed<std::uint8_t>();
  const auto kind = from.fixed<hex_case>();
  const std::string_view bytes = from.raw(std::uint64_t{count} * size);
  if (!from.finished() || size == 0 || kind > hex_case::upper)
    return false;
  char* const to = make_room(out, 2 * bytes.size(), most_bytes);
  if (to == nullptr)
    return false;
  write_hex(bytes.data(), bytes.size(), kind, to);
  add_equal_ends(out, count, 2 * size);
  return true;
}

}  // namespace

const typed_encoding hex_texts{&head_of, &encode, &decode};

}  // namespace logstream
