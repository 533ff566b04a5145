// SPDX-License-Identifier: MIT
// Finds when an ordinary line of a log file was written and how severe it is, whatever program wrote it.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/level.hpp"

#include <optional>
#include <string_view>

namespace logstream {

/// What the head of a line tells; the line itself stays the message.
struct plain_line {
  std::optional<timestamp> time;
  std::optional<level> lvl;

  bool operator==(const plain_line&) const = default;
};

/// Reads the formats listed in plain_line_time.cpp and plain_line_level.cpp. Only the head of the line and a
/// `level=` count: a level or a time in the text of the message is not one. Times without a zone are UTC;
/// times without a year get the latest year that does not put them more than a day after `now` (a day,
/// because their zone is unknown).
plain_line read_plain_line(std::string_view line, timestamp now);

}  // namespace logstream
