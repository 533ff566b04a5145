// SPDX-License-Identifier: MIT
// The text form of event ids.
#include "engine/model/id.hpp"

#include <charconv>

namespace logstream {

namespace {

constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

void append_hex(std::string& out, std::uint64_t value, int digits) {
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) out += "0123456789abcdef"[value >> shift & 0xf];
}

std::optional<std::uint64_t> read_hex(std::string_view text) {
  std::uint64_t value = 0;
  for (char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && !(c >= 'a' && c <= 'f'))
      return std::nullopt;
    value = value << 4 | static_cast<std::uint64_t>(digit ? c - '0' : c - 'a' + 10);
  }
  return value;
}

}  // namespace

void append_event_id(std::string& out, const event_id& id) {
  // The flipped sign makes times before 1970 sort first.
  append_hex(out, static_cast<std::uint64_t>(id.time) ^ sign_bit, 16);
  append_hex(out, id.from.node, 2);
  append_hex(out, id.from.shard, 2);
  append_hex(out, id.sequence, 12);
}

std::string to_string(const event_id& id) {
  std::string text;
  text.reserve(event_id_text_size);
  append_event_id(text, id);
  return text;
}

std::optional<event_id> parse_event_id(std::string_view text) {
  if (text.size() != event_id_text_size)
    return std::nullopt;
  const auto time = read_hex(text.substr(0, 16));
  const auto from = read_hex(text.substr(16, 4));
  const auto sequence = read_hex(text.substr(20));
  if (!time || !from || !sequence)
    return std::nullopt;
  return event_id{static_cast<timestamp>(*time ^ sign_bit),
                  {static_cast<std::uint8_t>(*from >> 8), static_cast<std::uint8_t>(*from & 0xff)},
                  *sequence};
}

}  // namespace logstream
