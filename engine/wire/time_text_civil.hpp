// SPDX-License-Identifier: MIT
// Calendar arithmetic of the proleptic Gregorian calendar, in UTC, without the C library.
#pragma once

#include "engine/base/clock.hpp"

#include <cstdint>
#include <optional>

namespace logstream {

/// A moment taken apart; `second` may be 60 on input, which means the first second of the next minute.
struct civil_time {
  int year = 1970;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  int nanosecond = 0;
  /// What local time was ahead of UTC, in seconds.
  int offset = 0;
};

constexpr bool is_leap_year(int year) {
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/// REQUIRES: month in 1..12.
constexpr int days_in_month(int year, int month) {
  if (month == 2)
    return is_leap_year(year) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

/// Returns the days from 1970-01-01 to the date; dates before are negative. REQUIRES: year >= 0.
constexpr std::int64_t days_from_civil(int year, int month, int day) {
  // Years begin in March, so that the leap day is the last of its year and months follow one linear formula.
  const int shifted = month <= 2 ? year - 1 : year;
  const int era = (shifted >= 0 ? shifted : shifted - 399) / 400;
  const int year_of_era = shifted - era * 400;
  const int day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int64_t>(era) * 146097 + day_of_era - 719468;
}

/// Takes a moment apart into UTC.
constexpr civil_time to_civil(timestamp time) {
  std::int64_t seconds = time / nanoseconds_per_second;
  auto nanosecond = static_cast<int>(time % nanoseconds_per_second);
  if (nanosecond < 0) {
    nanosecond += static_cast<int>(nanoseconds_per_second);
    --seconds;
  }
  // An int64 of nanoseconds lies within 1677 and 2262: moved by 400 years every number below is positive.
  const auto shifted = static_cast<std::uint64_t>(seconds + 146097LL * 86400);
  const auto second_of_day = static_cast<std::uint32_t>(shifted % 86400);
  const auto days = static_cast<std::uint32_t>(shifted / 86400) + 719468u - 146097u;
  const std::uint32_t day_of_era = days % 146097;
  const std::uint32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::uint32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::uint32_t month = (5 * day_of_year + 2) / 153;
  civil_time out;
  out.day = static_cast<int>(day_of_year - (153 * month + 2) / 5 + 1);
  out.month = static_cast<int>(month < 10 ? month + 3 : month - 9);
  out.year = static_cast<int>(year_of_era + days / 146097 * 400) + (out.month <= 2 ? 1 : 0);
  out.hour = static_cast<int>(second_of_day / 3600);
  out.minute = static_cast<int>(second_of_day / 60 % 60);
  out.second = static_cast<int>(second_of_day % 60);
  out.nanosecond = nanosecond;
  return out;
}

/// Returns seconds and nanoseconds (0..999,999,999, counted forward) as one number, unless it does not fit.
constexpr std::optional<timestamp> join_seconds(std::int64_t seconds, std::int64_t nanoseconds) {
  // Counting backward from the next second keeps the earliest representable moments from overflowing on the
  // way.
  if (seconds < 0 && nanoseconds > 0) {
    ++seconds;
    nanoseconds -= nanoseconds_per_second;
  }
  timestamp out = 0;
  if (__builtin_mul_overflow(seconds, nanoseconds_per_second, &out) ||
      __builtin_add_overflow(out, nanoseconds, &out))
    return std::nullopt;
  return out;
}

/// Returns the moment, unless a part is out of its range or the whole is before 1677 or after 2262.
constexpr std::optional<timestamp> from_civil(const civil_time& at) {
  const auto in = [](int value, int low, int high) { return value >= low && value <= high; };
  if (!in(at.year, 0, 9999) || !in(at.month, 1, 12) || at.day < 1 ||
      at.day > days_in_month(at.year, at.month) || !in(at.hour, 0, 23) || !in(at.minute, 0, 59) ||
      !in(at.second, 0, 60))
    return std::nullopt;
  const std::int64_t seconds = days_from_civil(at.year, at.month, at.day) * 86400 + at.hour * 3600 +
                               at.minute * 60 + at.second - at.offset;
  return join_seconds(seconds, at.nanosecond);
}

}  // namespace logstream
