// SPDX-License-Identifier: MIT
// A time is the number of its last digit's units since 1970, as if there were no zone.
#include "engine/store/text/rfc3339.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/decimal_digits.hpp"
#include "engine/wire/time_text_civil.hpp"

namespace logstream {

namespace {

constexpr std::size_t seconds_size = 19;
constexpr unsigned most_digits = 9;
constexpr std::size_t longest_zone = 16;

struct time_shape {
  char between = 'T';
  /// Nothing is known of it without digits.
  char point = '.';
  std::uint8_t digits = 0;
  std::string_view zone;

  std::size_t size() const { return seconds_size + (digits == 0 ? 0 : 1u + digits) + zone.size(); }
  std::int64_t unit() const { return static_cast<std::int64_t>(powers_of_ten[most_digits - digits]); }
};

std::string head_from(const time_shape& shape) {
  std::string head{shape.between, shape.point, static_cast<char>(shape.digits)};
  byte_writer{head}.text(shape.zone);
  return head;
}

std::optional<time_shape> read_shape(byte_reader& from) {
  time_shape shape;
  shape.between = from.fixed<char>();
  shape.point = from.fixed<char>();
  shape.digits = from.fixed<std::uint8_t>();
  shape.zone = from.text();
  if (!from.ok() || shape.digits > most_digits || shape.zone.size() > longest_zone)
    return std::nullopt;
  return shape;
}

// What `text` would be as a time; reading it says whether it is one.
std::optional<time_shape> shape_of(std::string_view text) {
  time_shape shape;
  if (text.size() < seconds_size)
    return std::nullopt;
  shape.between = text[10];
  text.remove_prefix(seconds_size);
  if (text.size() > 1 && (text[0] == '.' || text[0] == ',') && is_digit(text[1])) {
    shape.point = text[0];
    text.remove_prefix(1);
    while (shape.digits < most_digits && !text.empty() && is_digit(text.front())) {
      ++shape.digits;
      text.remove_prefix(1);
    }
  }
  shape.zone = text;
  if (text.size() > longest_zone)
    return std::nullopt;
  return shape;
}

bool read_part(const char* at, std::size_t size, int& number) {
  std::uint64_t read = 0;
  const bool fits = read_digits({at, size}, read);
  number = static_cast<int>(read);
  return fits;
}

bool read_time(std::string_view text, const time_shape& shape, std::int64_t& units) {
  if (text.size() != shape.size())
    return false;
  const char* const at = text.data();
  civil_time time;
  if (at[4] != '-' || at[7] != '-' || at[10] != shape.between || at[13] != ':' || at[16] != ':' ||
      !read_part(at, 4, time.year) || !read_part(at + 5, 2, time.month) || !read_part(at + 8, 2, time.day) ||
      !read_part(at + 11, 2, time.hour) || !read_part(at + 14, 2, time.minute) ||
      !read_part(at + 17, 2, time.second))
    return false;
  // Second 60 would come back as the next minute's first; in the first and last year nanoseconds run out.
  if (time.second > 59 || time.year < 1678 || time.year > 2261)
    return false;
  int part = 0;
  if (shape.digits != 0 &&
      (at[seconds_size] != shape.point || !read_part(at + seconds_size + 1, shape.digits, part)))
    return false;
  if (text.substr(text.size() - shape.zone.size()) != shape.zone)
    return false;
  const auto whole = from_civil(time);
  if (!whole)
    return false;
  units = *whole / shape.unit() + part;
  return true;
}

std::optional<std::string> head_of(text_sample sample) {
  // The first text may be the odd one out; of three, one is not.
  for (std::size_t i = 0; i < std::min<std::size_t>(sample.size(), 3); ++i) {
    const auto shape = shape_of(sample[i]);
    std::int64_t units = 0;
    if (shape && mostly(sample, [&](std::string_view each) { return read_time(each, *shape, units); }))
      return head_from(*shape);
  }
  return std::nullopt;
}

bool encode(text_list texts, std::string_view head, typed_column& column) {
  byte_reader from{head};
  const auto shape = read_shape(from);
  std::vector<std::int64_t> times;
  times.reserve(texts.size());
  const bool fit = shape && column.split(texts, [&](std::string_view text) {
    std::int64_t units = 0;
    if (!read_time(text, *shape, units))
      return false;
    times.push_back(units);
    return true;
  });
  if (!fit)
    return false;
  column.body = head;
  encode_numbers(times, column.body);
  return true;
}

// False if it is too far from 1970 to be in the range. Fills shape.size() bytes.
bool write_time(std::int64_t units, const time_shape& shape, char* to) {
  timestamp nanoseconds = 0;
  if (__builtin_mul_overflow(units, shape.unit(), &nanoseconds))
    return false;
  const civil_time time = to_civil(nanoseconds);
  write_digits(to, 4, static_cast<std::uint64_t>(time.year));
  write_digits(to + 5, 2, static_cast<std::uint64_t>(time.month));
  write_digits(to + 8, 2, static_cast<std::uint64_t>(time.day));
  write_digits(to + 11, 2, static_cast<std::uint64_t>(time.hour));
  write_digits(to + 14, 2, static_cast<std::uint64_t>(time.minute));
  write_digits(to + 17, 2, static_cast<std::uint64_t>(time.second));
  to[4] = to[7] = '-';
  to[10] = shape.between;
  to[13] = to[16] = ':';
  to += seconds_size;
  if (shape.digits != 0) {
    *to++ = shape.point;
    write_digits(to, shape.digits, static_cast<std::uint64_t>(time.nanosecond / shape.unit()));
    to += shape.digits;
  }
  if (!shape.zone.empty())
    std::memcpy(to, shape.zone.data(), shape.zone.size());
  return true;
}

bool decode(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const auto shape = read_shape(from);
  std::vector<std::int64_t> times;
  if (!shape || !decode_numbers(from.raw(from.left()), count, times))
    return false;
  char* to = make_room(out, std::uint64_t{count} * shape->size(), most_bytes);
  if (to == nullptr)
    return false;
  for (const std::int64_t each : times) {
    if (!write_time(each, *shape, to))
      return false;
    to += shape->size();
  }
  add_equal_ends(out, count, shape->size());
  return true;
}

}  // namespace

const typed_encoding rfc3339_texts{&head_of, &encode, &decode};

}  // namespace logstream
