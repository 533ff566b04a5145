// SPDX-License-Identifier: MIT
// An address is a number of 32 bits; those of one network are near each other.
#include "engine/store/text/ipv4.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/decimal_digits.hpp"

namespace logstream {

namespace {

constexpr std::size_t shortest_address = 7;
constexpr std::size_t longest_address = 15;

bool read_address(std::string_view text, std::int64_t& address) {
  if (text.size() < shortest_address || text.size() > longest_address)
    return false;
  const char* at = text.data();
  const char* const end = at + text.size();
  address = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0 && (at == end || *at++ != '.'))
      return false;
    unsigned number = 0;
    const char* const begin = at;
    while (at != end && is_digit(*at) && at - begin < 3)
      number = number * 10 + static_cast<unsigned>(*at++ - '0');
    if (at == begin || number > 255 || (*begin == '0' && at - begin > 1))
      return false;
    address = address << 8 | number;
  }
  return at == end;
}

std::optional<std::string> head_of(text_sample sample) {
  std::int64_t address = 0;
  if (!mostly(sample, [&](std::string_view each) { return read_address(each, address); }))
    return std::nullopt;
  return std::string{};
}

bool encode(text_list texts, std::string_view, typed_column& column) {
  std::vector<std::int64_t> addresses;
  addresses.reserve(texts.size());
  const bool fit = column.split(texts, [&](std::string_view text) {
    std::int64_t address = 0;
    if (!read_address(text, address))
      return false;
    addresses.push_back(address);
    return true;
  });
  if (fit)
    encode_numbers(addresses, column.body);
  return fit;
}

unsigned byte_of(std::int64_t address, int part) {
  return static_cast<unsigned>(address >> (24 - 8 * part)) & 0xff;
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  std::vector<std::int64_t> addresses;
  if (!decode_numbers(from.raw(from.left()), count, addresses))
    return false;
  std::uint64_t size = 0;
  for (const std::int64_t each : addresses) {
    if (each < 0 || each > UINT32_MAX)
      return false;
    size += 3;
    for (int part = 0; part < 4; ++part) size += count_digits(byte_of(each, part));
  }
  char* to = make_room(out, size, most_bytes);
  if (to == nullptr)
    return false;
  out.ends.reserve(out.ends.size() + count);
  for (const std::int64_t each : addresses) {
    for (int part = 0; part < 4; ++part) {
      if (part > 0)
        *to++ = '.';
      const unsigned digits = count_digits(byte_of(each, part));
      write_digits(to, digits, byte_of(each, part));
      to += digits;
    }
    out.ends.push_back(static_cast<std::uint32_t>(to - out.bytes.data()));
  }
  return true;
}

}  // namespace

const typed_encoding ipv4_texts{&head_of, &encode, &decode};

}  // namespace logstream
