// SPDX-License-Identifier: MIT
// Text to 64 bits and back.
#include "engine/store/text/integers.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/decimal_digits.hpp"

#include <charconv>
#include <system_error>

namespace logstream {

namespace {

bool read_integer(std::string_view text, std::int64_t& value) {
  const bool negative = text.starts_with('-');
  const std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || (digits.front() == '0' && text.size() > 1))
    return false;
  std::uint64_t number = 0;
  if (read_digits(digits, number)) {
    value = negative ? -static_cast<std::int64_t>(number) : static_cast<std::int64_t>(number);
    return true;
  }
  const char* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, value);
  return problem == std::errc{} && rest == end;
}

std::optional<std::string> head_of(text_sample sample) {
  std::int64_t value = 0;
  if (!mostly(sample, [&](std::string_view each) { return read_integer(each, value); }))
    return std::nullopt;
  return std::string{};
}

bool encode(text_list texts, std::string_view, typed_column& column) {
  std::vector<std::int64_t> values;
  values.reserve(texts.size());
  std::int64_t least = INT64_MAX;
  std::int64_t greatest = INT64_MIN;
  const bool fit = column.split(texts, [&](std::string_view text) {
    std::int64_t value = 0;
    if (!read_integer(text, value))
      return false;
    values.push_back(value);
    least = std::min(least, value);
    greatest = std::max(greatest, value);
    return true;
  });
  if (!fit)
    return false;
  column.range = {range_of_decimal(least, 0).least, range_of_decimal(greatest, 0).greatest};
  encode_numbers(values, column.body);
  return true;
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  std::vector<std::int64_t> values;
  if (!decode_numbers(from.raw(from.left()), count, values))
    return false;
  std::uint64_t size = 0;
  for (const std::int64_t each : values) size += count_digits(magnitude(each)) + (each < 0 ? 1 : 0);
  char* to = make_room(out, size, most_bytes);
  if (to == nullptr)
    return false;
  out.ends.reserve(out.ends.size() + count);
  for (const std::int64_t each : values) {
    if (each < 0)
      *to++ = '-';
    const unsigned digits = count_digits(magnitude(each));
    write_digits(to, digits, magnitude(each));
    to += digits;
    out.ends.push_back(static_cast<std::uint32_t>(to - out.bytes.data()));
  }
  return true;
}

}  // namespace

const typed_encoding integer_texts{&head_of, &encode, &decode};

}  // namespace logstream
