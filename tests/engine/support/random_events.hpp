// SPDX-License-Identifier: MIT
// Events that no one would write by hand: what property tests are fed with.
#pragma once

#include "engine/model/event.hpp"
#include "engine/simulate/random.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream::test {

/// How random events differ from each other.
struct event_variety {
  /// Different services; one of them is empty.
  std::uint32_t services = 4;
  /// Different field names; with more than batch_builder::max_columns some have no column.
  std::uint32_t names = 20;
  std::uint32_t most_fields = 6;
  /// Times lie around a few moments, so that many are equal: 1970, before it, 2100, and `now`.
  timestamp now = 1'700'000'000 * nanoseconds_per_second;
  /// One event in so many has a time at the very ends of what can be stored.
  std::uint32_t extreme_times = 50;
};

/// Text of up to `most` characters: words, quotes, control characters, letters beyond ASCII; always valid
/// UTF-8.
std::string random_text(random_source& random, std::uint32_t most);

/// A moment; close to others that this function returns, and often equal to one.
timestamp random_time(random_source& random, const event_variety& how);

/// No field's name occurs twice in an event.
event random_event(random_source& random, const event_variety& how);
std::vector<event> random_events(random_source& random, const event_variety& how, std::uint32_t count);

}  // namespace logstream::test
