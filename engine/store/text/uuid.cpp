// SPDX-License-Identifier: MIT
// Sixteen bytes each.
#include "engine/store/text/uuid.hpp"

#include "engine/store/text/hex_digits.hpp"

namespace logstream {

namespace {

constexpr std::size_t uuid_size = 16;
constexpr std::size_t text_size = 36;

// Where the digits of the bytes [first, first + size) stand in the text.
struct uuid_part {
  std::size_t first;
  std::size_t size;
  std::size_t at;
};
constexpr std::array<uuid_part, 5> parts{{{0, 4, 0}, {4, 2, 9}, {6, 2, 14}, {8, 2, 19}, {10, 6, 24}}};

bool read_uuid(std::string_view text, hex_case kind, char* to) {
  if (text.size() != text_size || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
    return false;
  bool fits = true;
  for (const uuid_part& each : parts)
    fits = read_hex(text.data() + each.at, each.size, kind, to + each.first) && fits;
  return fits;
}

std::optional<std::string> head_of(text_sample sample) {
  hex_case kind = hex_case::lower;
  for (const std::string_view each : sample.first(std::min<std::size_t>(sample.size(), 3)))
    if (case_of(each) == hex_case::upper)
      kind = hex_case::upper;
  std::array<char, uuid_size> bytes{};
  if (!mostly(sample, [&](std::string_view each) { return read_uuid(each, kind, bytes.data()); }))
    return std::nullopt;
  return std::string{static_cast<char>(kind)};
}

bool encode(text_list texts, std::string_view head, typed_column& column) {
  const auto kind = static_cast<hex_case>(head[0]);
  std::string& body = column.body;
  body = head;
  body.resize(head.size() + texts.size() * uuid_size);
  char* to = body.data() + head.size();
  const bool fit = column.split(texts, [&](std::string_view text) {
    if (!read_uuid(text, kind, to))
      return false;
    to += uuid_size;
    return true;
  });
  body.resize(static_cast<std::size_t>(to - body.data()));
  return fit;
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const auto kind = from.fixed<hex_case>();
  const std::string_view bytes = from.raw(std::uint64_t{count} * uuid_size);
  if (!from.finished() || kind > hex_case::upper)
    return false;
  char* to = make_room(out, std::uint64_t{count} * text_size, most_bytes);
  if (to == nullptr)
    return false;
  for (const char* uuid = bytes.data(); uuid != bytes.data() + bytes.size(); uuid += uuid_size) {
    for (const uuid_part& each : parts) write_hex(uuid + each.first, each.size, kind, to + each.at);
    to[8] = to[13] = to[18] = to[23] = '-';
    to += text_size;
  }
  add_equal_ends(out, count, text_size);
  return true;
}

}  // namespace

const typed_encoding uuid_texts{&head_of, &encode, &decode};

}  // namespace logstream
