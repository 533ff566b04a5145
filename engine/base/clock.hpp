// SPDX-License-Identifier: MIT
// Time as the engine knows it, behind an interface that tests can own.
#pragma once

#include <cstdint>
#include <limits>

namespace logstream {

/// Nanoseconds since 1970-01-01T00:00:00Z, without leap seconds; may be negative.
using timestamp = std::int64_t;

inline constexpr std::int64_t nanoseconds_per_second = 1'000'000'000;
inline constexpr std::int64_t nanoseconds_per_minute = 60 * nanoseconds_per_second;

/// The minute that `time` lies in, counted from 1970 and rounded down.
constexpr std::int64_t minute_of(timestamp time) {
  return time / nanoseconds_per_minute - (time % nanoseconds_per_minute < 0 ? 1 : 0);
}

/// The first moment of `minute`. The first minute there is began before there were moments, behind the last
/// one there are none: these get the earliest and the latest moment.
constexpr timestamp start_of_minute(std::int64_t minute) {
  constexpr timestamp earliest = std::numeric_limits<timestamp>::min();
  constexpr timestamp latest = std::numeric_limits<timestamp>::max();
  if (minute <= minute_of(earliest))
    return earliest;
  return minute > minute_of(latest) ? latest : minute * nanoseconds_per_minute;
}

/// Tells the time of day. Implementations may be called from any thread.
class clock {
 public:
  virtual ~clock() = default;
  virtual timestamp now() const = 0;
};

/// The machine's wall clock.
class system_clock final : public clock {
 public:
  timestamp now() const override;
};

}  // namespace logstream
