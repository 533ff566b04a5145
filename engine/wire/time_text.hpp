// SPDX-License-Identifier: MIT
// Moments and durations as text: what agents write, what people type into a query, what answers print.
#pragma once

#include "engine/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// Reads RFC 3339 and the usual liberties of ISO 8601: 'T', 't', '_' or a space before the time, a fraction
/// of any length after '.' or ',' (digits beyond nanoseconds are cut), zone Z, +hh:mm, +hhmm, +hh or none,
/// which is UTC. Dates that do not exist and moments outside of 1677..2262 are refused; second 60 is the next
/// minute's first.
std::optional<timestamp> parse_rfc3339(std::string_view text);

/// Reads such a moment from the front of `text` and moves `text` past it; `text` is untouched when there is
/// none.
std::optional<timestamp> read_rfc3339(std::string_view& text);

/// Reads a number since 1970: seconds below 1e11, milliseconds below 1e14, microseconds below 1e17, else
/// nanoseconds. A fraction is kept to the nanosecond; an exponent is understood. Moments outside of
/// 1677..2262 are refused.
std::optional<timestamp> parse_epoch(std::string_view number);

/// As parse_epoch for a number that is already one.
std::optional<timestamp> epoch_from_integer(std::int64_t number);

/// As parse_epoch for a number that is already one, as exact as a double is.
std::optional<timestamp> epoch_from_double(double number);

/// Reads what people ask for: what parse_rfc3339 and parse_epoch take, a date (its midnight in UTC), a date
/// with hours and minutes, `now`, and a time ago: `15m`, `1h30m`, `-7d`, `now-1h`.
std::optional<timestamp> parse_query_time(std::string_view text, timestamp now);

/// Reads a duration like `1h30m`, `1.5s`, `-2d`, `0`: numbers with the units ns, us, ms, s, m, h, d, w, in
/// nanoseconds.
std::optional<std::int64_t> parse_duration(std::string_view text);

/// Prints the shortest text that parse_duration reads back as the same number: `1h30m`, `1.5s`, `250ms`,
/// `7d`, `0s`.
std::string format_duration(std::int64_t nanoseconds);

/// Appends RFC 3339 in UTC with 0, 3, 6 or 9 digits of fraction, the fewest that are exact:
/// `2024-05-01T12:00:00.250Z`.
void append_rfc3339(std::string& out, timestamp time);

/// Returns what append_rfc3339 appends.
std::string format_rfc3339(timestamp time);

}  // namespace logstream
