// SPDX-License-Identifier: MIT
// Reading and printing of moments.
#include "engine/wire/time_text.hpp"

#include "engine/wire/time_text_civil.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>

namespace logstream {

namespace {

constexpr bool is_digit(char c) {
  return static_cast<unsigned char>(c - '0') <= 9;
}

/// Reads two digits; adds a bit to `wrong` when they are none, so that the caller tests once for a whole
/// date.
constexpr int two(const char* at, unsigned& wrong) {
  const auto high = static_cast<unsigned char>(at[0] - '0');
  const auto low = static_cast<unsigned char>(at[1] - '0');
  wrong |= static_cast<unsigned>(high > 9) | static_cast<unsigned>(low > 9);
  return high * 10 + low;
}

constexpr std::size_t date_size = 10;
constexpr std::size_t date_time_size = 19;

/// Reads `2024-05-01`. REQUIRES: date_size characters at `at`.
bool read_date(const char* at, civil_time& out) {
  unsigned wrong = static_cast<unsigned>(at[4] != '-') | static_cast<unsigned>(at[7] != '-');
  out.year = two(at, wrong) * 100;
  out.year += two(at + 2, wrong);
  out.month = two(at + 5, wrong);
  out.day = two(at + 8, wrong);
  return wrong == 0;
}

/// Reads `.123` from `at`, if it is there, and returns the end of it.
const char* read_fraction(const char* at, const char* end, int& nanosecond) {
  if (end - at < 2 || (*at != '.' && *at != ',') || !is_digit(at[1]))
    return at;
  ++at;
  int value = 0;
  int digits = 0;
  for (; at != end && is_digit(*at); ++at)
    if (digits < 9) {
      value = value * 10 + (*at - '0');
      ++digits;
    }
  constexpr std::array<int, 10> scale{1000000000, 100000000, 10000000, 1000000, 100000,
                                      10000,      1000,      100,      10,      1};
  nanosecond = value * scale[static_cast<std::size_t>(digits)];
  return at;
}

/// Reads a zone from `at`, if there is one, and returns the end of it.
const char* read_zone(const char* at, const char* end, int& offset) {
  if (at == end)
    return at;
  if (*at == 'Z' || *at == 'z')
    return at + 1;
  const char* sign = at;
  if (*sign == ' ')
    ++sign;
  if (end - sign < 3 || (*sign != '+' && *sign != '-'))
    return at;
  unsigned wrong = 0;
  const int hours = two(sign + 1, wrong);
  const char* next = sign + 3;
  const char* minutes_at = next != end && *next == ':' ? next + 1 : next;
  int minutes = 0;
  if (end - minutes_at >= 2 && is_digit(*minutes_at)) {
    minutes = two(minutes_at, wrong);
    next = minutes_at + 2;
  }
  if (wrong != 0 || hours > 23 || minutes > 59)
    return at;
  offset = (hours * 60 + minutes) * (*sign == '-' ? -60 : 60);
  return next;
}

std::optional<timestamp> scale_epoch(std::uint64_t whole, std::int64_t fraction, bool negative) {
  std::int64_t unit = 1;
  if (whole < 100'000'000'000)
    unit = nanoseconds_per_second;
  else if (whole < 100'000'000'000'000)
    unit = 1'000'000;
  else if (whole < 100'000'000'000'000'000)
    unit = 1'000;
  // `fraction` has nine digits: of a unit of 1000 ns, three of them count.
  std::uint64_t out = 0;
  if (__builtin_mul_overflow(whole, static_cast<std::uint64_t>(unit), &out) ||
      __builtin_add_overflow(out, static_cast<std::uint64_t>(fraction / (nanoseconds_per_second / unit)),
                             &out))
    return std::nullopt;
  constexpr std::uint64_t most = std::uint64_t{1} << 63;
  if (out > most - (negative ? 0 : 1))
    return std::nullopt;
  return static_cast<timestamp>(negative ? std::uint64_t{0} - out : out);
}

void put_two(char* at, int value) {
  at[0] = static_cast<char>('0' + value / 10);
  at[1] = static_cast<char>('0' + value % 10);
}

/// Reads `2024-05-01` and `2024-05-01T10:30` with an optional zone.
std::optional<timestamp> parse_short_date(std::string_view text) {
  constexpr std::size_t date_minute_size = 16;
  civil_time at;
  if (text.size() < date_size || !read_date(text.data(), at))
    return std::nullopt;
  if (text.size() == date_size)
    return from_civil(at);
  if (text.size() < date_minute_size || (text[10] != 'T' && text[10] != 't' && text[10] != ' ') ||
      text[13] != ':')
    return std::nullopt;
  unsigned wrong = 0;
  at.hour = two(text.data() + 11, wrong);
  at.minute = two(text.data() + 14, wrong);
  const char* end = text.data() + text.size();
  if (wrong != 0 || read_zone(text.data() + date_minute_size, end, at.offset) != end)
    return std::nullopt;
  return from_civil(at);
}

/// In a URL an unescaped '+' of a zone arrives as a space: `2024-05-01T10:30:00 02:00` is taken as what was
/// meant.
std::optional<timestamp> parse_unescaped_zone(std::string_view text) {
  std::array<char, 40> copy{};
  const std::size_t space = text.rfind(' ');
  if (text.size() > copy.size() || space == std::string_view::npos || space < date_time_size)
    return std::nullopt;
  text.copy(copy.data(), text.size());
  copy[space] = '+';
  return parse_rfc3339({copy.data(), text.size()});
}

}  // namespace

std::optional<timestamp> read_rfc3339(std::string_view& text) {
  if (text.size() < date_time_size)
    return std::nullopt;
  const char* at = text.data();
  const char* end = at + text.size();
  civil_time moment;
  const char separator = at[10];
  if (!read_date(at, moment) ||
      (separator != 'T' && separator != ' ' && separator != 't' && separator != '_'))
    return std::nullopt;
  unsigned wrong = static_cast<unsigned>(at[13] != ':') | static_cast<unsigned>(at[16] != ':');
  moment.hour = two(at + 11, wrong);
  moment.minute = two(at + 14, wrong);
  moment.second = two(at + 17, wrong);
  if (wrong != 0)
    return std::nullopt;
  at = read_fraction(at + date_time_size, end, moment.nanosecond);
  at = read_zone(at, end, moment.offset);
  const auto out = from_civil(moment);
  if (out)
    text.remove_prefix(static_cast<std::size_t>(at - text.data()));
  return out;
}

std::optional<timestamp> parse_rfc3339(std::string_view text) {
  const auto out = read_rfc3339(text);
  return text.empty() ? out : std::nullopt;
}

std::optional<timestamp> parse_epoch(std::string_view number) {
  const char* at = number.data();
  const char* end = at + number.size();
  const bool negative = at != end && *at == '-';
  at += negative ? 1 : 0;
  std::uint64_t whole = 0;
  const auto [after, failure] = std::from_chars(at, end, whole);
  if (failure != std::errc{})
    return std::nullopt;
  if (after == end)
    return scale_epoch(whole, 0, negative);
  int fraction = 0;
  const char* rest = read_fraction(after, end, fraction);
  if (rest == end && *after == '.')
    return scale_epoch(whole, fraction, negative);
  if (rest == end || (*rest != 'e' && *rest != 'E'))
    return std::nullopt;
  double value = 0;
  const auto parsed = std::from_chars(number.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end)
    return std::nullopt;
  return epoch_from_double(value);
}

std::optional<timestamp> epoch_from_integer(std::int64_t number) {
  const bool negative = number < 0;
  const auto bits = static_cast<std::uint64_t>(number);
  return scale_epoch(negative ? std::uint64_t{0} - bits : bits, 0, negative);
}

std::optional<timestamp> epoch_from_double(double number) {
  const double size = std::fabs(number);
  if (!(size < 9.3e18))
    return std::nullopt;
  const double whole = std::floor(size);
  const auto fraction = static_cast<std::int64_t>((size - whole) * 1e9);
  return scale_epoch(static_cast<std::uint64_t>(whole), fraction, number < 0);
}

std::optional<timestamp> parse_query_time(std::string_view text, timestamp now) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  if (text == "now")
    return now;
  if (const auto exact = parse_rfc3339(text))
    return exact;
  if (const auto day = parse_short_date(text))
    return day;
  if (const auto zoned = parse_unescaped_zone(text))
    return zoned;
  if (const auto number = parse_epoch(text))
    return number;
  if (text.starts_with("now-"))
    text.remove_prefix(4);
  else if (text.starts_with('-'))
    text.remove_prefix(1);
  const auto ago = text.starts_with('-') ? std::nullopt : parse_duration(text);
  timestamp out = 0;
  if (!ago || __builtin_sub_overflow(now, *ago, &out))
    return std::nullopt;
  return out;
}

void append_rfc3339(std::string& out, timestamp time) {
  const civil_time at = to_civil(time);
  std::array<char, 30> text{};
  std::memcpy(text.data(), "0000-00-00T00:00:00.000000000Z", text.size());
  put_two(text.data(), at.year / 100);
  put_two(text.data() + 2, at.year % 100);
  put_two(text.data() + 5, at.month);
  put_two(text.data() + 8, at.day);
  put_two(text.data() + 11, at.hour);
  put_two(text.data() + 14, at.minute);
  put_two(text.data() + 17, at.second);
  std::size_t size = date_time_size;
  if (at.nanosecond != 0) {
    int digits = 9;
    int value = at.nanosecond;
    for (; value % 1000 == 0; value /= 1000) digits -= 3;
    size += 1 + static_cast<std::size_t>(digits);
    for (std::size_t i = size - 1; i > date_time_size; --i, value /= 10)
      text[i] = static_cast<char>('0' + value % 10);
  }
  text[size++] = 'Z';
  out.append(text.data(), size);
}

std::string format_rfc3339(timestamp time) {
  std::string out;
  append_rfc3339(out, time);
  return out;
}

}  // namespace logstream
