// SPDX-License-Identifier: MIT
// All numbers of a column as integers of one scale; a text is that integer and its digits behind the point.
#include "engine/store/text/decimals.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/decimal_digits.hpp"

#include <cstdlib>

namespace logstream {

namespace {

constexpr unsigned most_digits = 18;

// How the digits behind the point of each text are known. Persisted.
enum class fraction : std::uint8_t {
  /// All have as many as the scale.
  fixed = 0,
  /// None ends with a zero behind the point, none has a point without a digit behind it.
  shortest = 1,
  /// They are kept.
  listed = 2,
};

struct decimal {
  std::int64_t mantissa = 0;
  unsigned digits = 0;
};

bool read_decimal(std::string_view text, decimal& number) {
  const bool negative = text.starts_with('-');
  if (negative)
    text.remove_prefix(1);
  const std::size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  std::uint64_t high = 0;
  if (!read_digits(whole, high) || (whole.front() == '0' && whole.size() > 1))
    return false;
  std::uint64_t low = 0;
  number.digits = 0;
  if (point != std::string_view::npos) {
    const std::string_view behind = text.substr(point + 1);
    if (whole.size() + behind.size() > most_digits || !read_digits(behind, low))
      return false;
    number.digits = static_cast<unsigned>(behind.size());
  }
  const std::uint64_t mantissa = high * powers_of_ten[number.digits] + low;
  number.mantissa = negative ? -static_cast<std::int64_t>(mantissa) : static_cast<std::int64_t>(mantissa);
  // There is no integer for "-0.0".
  return !negative || mantissa != 0;
}

bool is_shortest(const decimal& number) {
  return number.digits == 0 || number.mantissa % 10 != 0;
}

std::optional<std::string> head_of(text_sample sample) {
  unsigned least = most_digits;
  unsigned greatest = 0;
  bool all_shortest = true;
  const bool fit = mostly(sample, [&](std::string_view each) {
    decimal number;
    if (!read_decimal(each, number))
      return false;
    least = std::min(least, number.digits);
    greatest = std::max(greatest, number.digits);
    all_shortest = all_shortest && is_shortest(number);
    return true;
  });
  if (!fit || greatest == 0)
    return std::nullopt;
  const fraction kind = least == greatest ? fraction::fixed
                        : all_shortest    ? fraction::shortest
                                          : fraction::listed;
  return std::string{static_cast<char>(greatest), static_cast<char>(kind)};
}

// Brings it to the scale; false if that does not fit, or loses how it was written.
bool scale_up(decimal& number, unsigned scale, fraction kind) {
  if (number.digits > scale || (kind == fraction::fixed && number.digits != scale) ||
      (kind == fraction::shortest && !is_shortest(number)))
    return false;
  return !__builtin_mul_overflow(
      number.mantissa, static_cast<std::int64_t>(powers_of_ten[scale - number.digits]), &number.mantissa);
}

bool encode(text_list texts, std::string_view head, typed_column& column) {
  const auto scale = static_cast<unsigned char>(head[0]);
  const auto kind = static_cast<fraction>(head[1]);
  std::vector<std::int64_t> values;
  std::vector<std::int64_t> digits;
  values.reserve(texts.size());
  std::int64_t least = INT64_MAX;
  std::int64_t greatest = INT64_MIN;
  const bool fit = column.split(texts, [&](std::string_view text) {
    decimal number;
    if (!read_decimal(text, number) || !scale_up(number, scale, kind))
      return false;
    values.push_back(number.mantissa);
    if (kind == fraction::listed)
      digits.push_back(number.digits);
    least = std::min(least, number.mantissa);
    greatest = std::max(greatest, number.mantissa);
    return true;
  });
  if (!fit)
    return false;
  column.range = {range_of_decimal(least, scale).least, range_of_decimal(greatest, scale).greatest};
  column.body = head;
  if (kind == fraction::listed) {
    std::string listed;
    encode_numbers(digits, listed);
    byte_writer{column.body}.text(listed);
  }
  encode_numbers(values, column.body);
  return true;
}

unsigned shortest_digits(std::uint64_t& magnitude, unsigned scale) {
  while (scale > 0 && magnitude % 10 == 0) {
    magnitude /= 10;
    --scale;
  }
  return scale;
}

// Writes the text and returns its end; it takes 23 bytes at most.
char* write_decimal(char* to, bool negative, std::uint64_t magnitude, unsigned digits) {
  if (negative)
    *to++ = '-';
  const std::uint64_t whole = magnitude / powers_of_ten[digits];
  const unsigned size = count_digits(whole);
  write_digits(to, size, whole);
  to += size;
  if (digits == 0)
    return to;
  *to++ = '.';
  write_digits(to, digits, magnitude - whole * powers_of_ten[digits]);
  return to + digits;
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const unsigned scale = from.fixed<std::uint8_t>();
  const auto kind = from.fixed<fraction>();
  if (scale > most_digits || kind > fraction::listed)
    return false;
  std::vector<std::int64_t> listed;
  if (kind == fraction::listed && !decode_numbers(from.text(), count, listed))
    return false;
  std::vector<std::int64_t> values;
  if (!decode_numbers(from.raw(from.left()), count, values))
    return false;
  const std::size_t begin = out.bytes.size();
  out.ends.reserve(out.ends.size() + count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const bool negative = values[i] < 0;
    auto magnitude = static_cast<std::uint64_t>(values[i]);
    if (negative)
      magnitude = ~magnitude + 1;
    unsigned digits = scale;
    if (kind == fraction::shortest)
      digits = shortest_digits(magnitude, scale);
    if (kind == fraction::listed) {
      if (listed[i] < 0 || listed[i] > static_cast<std::int64_t>(scale))
        return false;
      digits = static_cast<unsigned>(listed[i]);
      magnitude /= powers_of_ten[scale - digits];
    }
    std::array<char, 24> text{};
    const char* const end = write_decimal(text.data(), negative, magnitude, digits);
    const auto size = static_cast<std::size_t>(end - text.data());
    if (out.bytes.size() - begin + size > most_bytes || out.bytes.size() + size > UINT32_MAX)
      return false;
    out.push({text.data(), size});
  }
  return true;
}

}  // namespace

const typed_encoding decimal_texts{&head_of, &encode, &decode};

}  // namespace logstream
