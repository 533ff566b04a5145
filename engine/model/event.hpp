// SPDX-License-Identifier: MIT
// One event as a value that owns its text, for the places that handle single events: alerts, tests, models.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/level.hpp"

#include <string>
#include <vector>

namespace logstream {

/// A member of an event beside the standard ones. `literal` means the text is JSON of its own (number, true,
/// false, null, array); otherwise it is a string's content.
struct field {
  std::string name;
  std::string value;
  bool literal = false;

  bool operator==(const field&) const = default;
};

struct event {
  timestamp time = 0;
  level severity = level::unknown;
  std::string service;
  std::string message;
  std::vector<field> fields;

  bool operator==(const event&) const = default;
};

}  // namespace logstream
