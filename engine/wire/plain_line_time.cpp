// SPDX-License-Identifier: MIT
// A table of date formats and the small interpreter that reads them.
#include "engine/wire/plain_line_time.hpp"

#include "engine/wire/time_text.hpp"
#include "engine/wire/time_text_civil.hpp"

#include <array>

namespace logstream {

namespace {

/// Letters stand for parts, everything else for itself:
/// Y year of four digits, y of two; m, d two digits; e one or two digits or a space and one; b month name; a
/// weekday name; H, M, S one or two digits; h, i, s exactly two; f an optional fraction; q `:` and
/// milliseconds without leading zeros; z an optional zone; w an optional word and a space, as the zone name
/// of date(1).
constexpr auto formats = std::to_array<std::string_view>({
    "Y/m/d h:i:sfz",    // 2024/05/01 12:34:56          nginx errors, Go
    "y/m/d h:i:sf",     // 17/06/09 20:10:40            Spark
    "ymd his",          // 081109 203615                HDFS
    "ymd H:i:s",        // 081109 20:36:15              MySQL
    "Ymd-H:M:Sq",       // 20171223-22:15:29:606        HealthApp
    "YmdThisfz",        // 20240501T123456Z             ISO 8601, basic
    "Ymd-his",          // 20240501-123456
    "Ymd h:i:sfz",      // 20240501 12:34:56
    "a b e h:i:sf wY",  // Sun Dec 04 04:47:44 2005     Apache errors, date(1)
    "b e h:i:sf Y",     // Jun 14 15:16:01 2005
    "b e Y h:i:sfz",    // Jun 14 2024 15:16:01         Cisco
    "b e h:i:sf",       // Jun 14 15:16:01              syslog
    "a, e b Y h:i:sz",  // Sun, 06 Nov 1994 08:49:37 +0000
    "e/b/Y:h:i:sfz",    // 10/Oct/2000:13:55:36 -0700   access logs
    "e-b-Y h:i:sfz",    // 01-May-2024 12:34:56         PHP, Tomcat
    "e b Y h:i:sfz",    // 01 May 2024 12:34:56.123     Redis
    "e b h:i:sf",       // 01 May 12:34:56
    "d.m.Y h:i:sf",     // 01.05.2024 12:34:56
    "m.d h:i:sf",       // 10.30 16:49:06               Proxifier
    "m-d h:i:sf",       // 05-01 12:34:56.789           Android
});

constexpr timestamp day = 86400 * nanoseconds_per_second;

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
constexpr bool is_word(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/// Reads one format; keeps what it read in `at` and the rest of the text in `rest`.
class format_reader {
 public:
  explicit format_reader(std::string_view text) : rest(text) {}

  bool read(std::string_view format) {
    for (const char part : format)
      if (!read_part(part))
        return false;
    return rest.empty() || !is_word(rest.front());
  }

  civil_time at;
  std::string_view rest;
  bool has_year = false;

 private:
  bool read_part(char part) {
    switch (part) {
      case 'Y':
        has_year = true;
        return number(4, 4, at.year);
      case 'y':
        has_year = true;
        if (!number(2, 2, at.year))
          return false;
        at.year += at.year < 70 ? 2000 : 1900;
        return true;
      case 'm':
        return number(2, 2, at.month);
      case 'd':
        return number(2, 2, at.day);
      case 'e':
        if (rest.starts_with(' '))
          rest.remove_prefix(1);
        return number(1, 2, at.day);
      case 'b':
        return name(months, at.month);
      case 'a': {
        int ignored = 0;
        return name(weekdays, ignored);
      }
      case 'H':
        return number(1, 2, at.hour);
      case 'M':
        return number(1, 2, at.minute);
      case 'S':
        return number(1, 2, at.second);
      case 'h':
        return number(2, 2, at.hour);
      case 'i':
        return number(2, 2, at.minute);
      case 's':
        return number(2, 2, at.second);
      case 'f':
        return fraction();
      case 'q':
        if (!literal(':') || !number(1, 3, at.nanosecond))
          return false;
        at.nanosecond *= 1'000'000;
        return true;
      case 'z':
        return zone();
      case 'w':
        return word();
      default:
        return literal(part);
    }
  }

  static constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";
  static constexpr std::string_view weekdays = "MonTueWedThuFriSatSun";

  bool literal(char c) {
    if (!rest.starts_with(c))
      return false;
    rest.remove_prefix(1);
    return true;
  }

  bool number(std::size_t fewest, std::size_t most, int& out) {
    std::size_t digits = 0;
    out = 0;
    for (; digits < most && digits < rest.size() && is_digit(rest[digits]); ++digits)
      out = out * 10 + (rest[digits] - '0');
    rest.remove_prefix(digits);
    return digits >= fewest;
  }

  bool name(std::string_view names, int& out) {
    const std::size_t found = rest.size() < 3 ? std::string_view::npos : names.find(rest.substr(0, 3));
    if (found == std::string_view::npos || found % 3 != 0)
      return false;
    out = static_cast<int>(found / 3) + 1;
    rest.remove_prefix(3);
    return true;
  }

  bool fraction() {
    if (rest.size() < 2 || (rest[0] != '.' && rest[0] != ',') || !is_digit(rest[1]))
      return true;
    int scale = 100'000'000;
    for (rest.remove_prefix(1); !rest.empty() && is_digit(rest[0]); rest.remove_prefix(1), scale /= 10)
      at.nanosecond += (rest[0] - '0') * scale;
    return true;
  }

  bool zone() {
    std::string_view text = rest;
    if (text.starts_with(' '))
      text.remove_prefix(1);
    if (text.starts_with('Z')) {
      rest = text.substr(1);
      return true;
    }
    if (text.size() < 5 || (text[0] != '+' && text[0] != '-'))
      return true;
    const int sign = text[0] == '-' ? -60 : 60;
    const std::size_t minutes_at = text[3] == ':' ? 4 : 3;
    if (text.size() < minutes_at + 2 || !is_digit(text[1]) || !is_digit(text[2]) ||
        !is_digit(text[minutes_at]) || !is_digit(text[minutes_at + 1]))
      return true;
    const int hours = (text[1] - '0') * 10 + text[2] - '0';
    const int minutes = (text[minutes_at] - '0') * 10 + text[minutes_at + 1] - '0';
    at.offset = (hours * 60 + minutes) * sign;
    rest = text.substr(minutes_at + 2);
    return true;
  }

  bool word() {
    std::size_t size = 0;
    while (size < rest.size() && rest[size] >= 'A' && rest[size] <= 'Z') ++size;
    if (size > 0 && rest.substr(size).starts_with(' '))
      rest.remove_prefix(size + 1);
    return true;
  }
};

/// Gives the moment the latest year that does not put it more than a day after `now`.
std::optional<timestamp> complete_year(civil_time at, timestamp now) {
  const int latest = to_civil(now).year + 1;
  // Eight years back lies a leap day, across a century that has none as well.
  for (at.year = latest; at.year > latest - 10; --at.year)
    if (const auto time = from_civil(at); time && *time - day <= now)
      return time;
  return std::nullopt;
}

/// Takes 10, 13, 16 or 19 digits, with a fraction or not, as an epoch; other numbers at the head of a line
/// are counters and ids, and so is one that lies in the future.
std::optional<timestamp> read_epoch(std::string_view& text, timestamp now) {
  std::size_t digits = 0;
  while (digits < text.size() && is_digit(text[digits])) ++digits;
  if (digits < 10 || digits > 19 || digits % 3 != 1 || text[0] == '0')
    return std::nullopt;
  std::size_t size = digits;
  if (digits + 1 < text.size() && text[digits] == '.' && is_digit(text[digits + 1]))
    for (++size; size < text.size() && is_digit(text[size]);) ++size;
  if (size < text.size() && (is_word(text[size]) || text[size] == '-' || text[size] == '.'))
    return std::nullopt;
  const auto time = parse_epoch(text.substr(0, size));
  if (!time || *time - day > now)
    return std::nullopt;
  text.remove_prefix(size);
  return time;
}

}  // namespace

std::optional<timestamp> read_line_time(std::string_view& text, timestamp now) {
  if (const auto time = read_rfc3339(text))
    return time;
  for (const auto format : formats) {
    format_reader reader{text};
    if (!reader.read(format))
      continue;
    const auto time = reader.has_year ? from_civil(reader.at) : complete_year(reader.at, now);
    if (!time)
      continue;
    text = reader.rest;
    return time;
  }
  return read_epoch(text, now);
}

std::optional<timestamp> read_klog_head(std::string_view& text, timestamp now, std::optional<level>& lvl) {
  constexpr std::string_view letters = "IWEFD";
  if (text.empty() || letters.find(text[0]) == std::string_view::npos)
    return std::nullopt;
  for (const std::string_view format : {"md h:i:sf", "Ymd h:i:sf"}) {
    format_reader reader{text.substr(1)};
    if (!reader.read(format))
      continue;
    const auto time = reader.has_year ? from_civil(reader.at) : complete_year(reader.at, now);
    if (!time)
      continue;
    lvl = parse_level(text.substr(0, 1));
    text = reader.rest;
    return time;
  }
  return std::nullopt;
}

std::optional<timestamp> read_epoch_column(std::string_view line, timestamp now) {
  constexpr int columns = 6;
  for (int column = 0; column < columns; ++column) {
    const std::size_t end = line.find(' ');
    const std::string_view cell = line.substr(0, end);
    const bool number = !cell.empty() && cell.find_first_not_of("0123456789") == std::string_view::npos;
    if (column == 0 && !number)
      return std::nullopt;
    constexpr std::size_t epoch_digits = 10;
    if (std::string_view rest = cell; column > 0 && number && cell.size() == epoch_digits)
      return read_epoch(rest, now);
    if (end == std::string_view::npos)
      return std::nullopt;
    line.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace logstream
