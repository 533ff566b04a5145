// SPDX-License-Identifier: MIT
// Drawing texts, times and fields.
#include "tests/engine/support/random_events.hpp"

#include "tests/engine/support/seed.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <string_view>

namespace logstream::test {

namespace {

constexpr std::array<std::string_view, 24> pieces{"error",
                                                  "Error",
                                                  "ERROR",
                                                  "timeout",
                                                  "user",
                                                  "a",
                                                  "b",
                                                  "x",
                                                  "0",
                                                  "17",
                                                  " ",
                                                  "  ",
                                                  "\"",
                                                  "\\",
                                                  "\n",
                                                  "\r\n",
                                                  "\t",
                                                  ",",
                                                  "=",
                                                  "\x01",
                                                  "\xc3\xa9",
                                                  "\xe2\x82\xac",
                                                  "\xf0\x9f\x98\x80",
                                                  "{}"};

constexpr std::array<std::string_view, 8> literals{"0",    "-1",    "3.25", "1e9",
                                                   "true", "false", "null", "[1,\"two\",{\"n\":3}]"};

}  // namespace

std::string random_text(random_source& random, std::uint32_t most) {
  std::string text;
  for (std::uint32_t left = random.below(most + 1); left > 0; --left) text += pick(random, pieces);
  return text;
}

timestamp random_time(random_source& random, const event_variety& how) {
  constexpr timestamp year_2100 = 4'102'444'800 * nanoseconds_per_second;
  if (one_in(random, how.extreme_times))
    return one_in(random, 2) ? std::numeric_limits<timestamp>::min() : std::numeric_limits<timestamp>::max();
  const std::array<timestamp, 8> moments{how.now, how.now, how.now,        how.now,
                                         how.now, 0,       -year_2100 / 2, year_2100};
  const timestamp around = pick(random, moments);
  switch (random.below(4)) {
    case 0:
      return around;
    case 1:
      return around + static_cast<timestamp>(random.below(5)) - 2;
    case 2:
      return around + (static_cast<timestamp>(random.below(240)) - 120) * nanoseconds_per_second;
    default:
      return around + (static_cast<timestamp>(random.below(600'000)) - 300'000) * 1'000'000;
  }
}

event random_event(random_source& random, const event_variety& how) {
  event made;
  made.time = random_time(random, how);
  made.severity = pick(random, all_levels);
  if (const std::uint32_t service = random.below(how.services); service != 0)
    made.service = "service-" + std::to_string(service);
  made.message = random_text(random, 12);
  for (std::uint32_t left = random.below(how.most_fields + 1); left > 0; --left) {
    // Low numbers are drawn more often, so that some names are in most rows and some in few.
    const std::uint32_t number = std::min(random.below(how.names), random.below(how.names));
    const std::string name = number == 0 ? "" : "field." + std::to_string(number);
    if (std::any_of(made.fields.begin(), made.fields.end(),
                    [&](const field& each) { return each.name == name; }))
      continue;
    // Some fields are always literals, some never, some now and then.
    const bool literal = number % 3 == 0 || (number % 3 == 1 && one_in(random, 2));
    made.fields.push_back(
        {name, literal ? std::string{pick(random, literals)} : random_text(random, 4), literal});
  }
  return made;
}

std::vector<event> random_events(random_source& random, const event_variety& how, std::uint32_t count) {
  std::vector<event> events;
  for (std::uint32_t i = 0; i < count; ++i) events.push_back(random_event(random, how));
  return events;
}

}  // namespace logstream::test
