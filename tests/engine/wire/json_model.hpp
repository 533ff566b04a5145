// SPDX-License-Identifier: MIT
// What the JSON decoder shall do, written for clarity alone, and JSON that is meant to trip it up.
#pragma once

#include "engine/model/event.hpp"
#include "engine/simulate/random.hpp"
#include "engine/wire/json_object.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream::test {

/// What a decoder must make of one object.
struct model_outcome {
  /// The event, fields sorted by name; nothing if the object must be rejected.
  std::optional<event> accepted;
  /// The member at fault, where the text is JSON and one member is.
  std::string member;
  /// False where the text is JSON.
  bool broken = false;
  /// The model cannot tell: a number is beyond a double.
  bool unknown = false;
};

/// Decodes `text` by the rules that json_object.hpp states.
model_outcome naive_decode(std::string_view text, timestamp now, const json_limits& limits);

struct json_variety {
  /// Names of fields end in a number below this.
  std::uint32_t names = 8;
  std::uint32_t most_members = 8;
  /// White space between tokens may hold line ends.
  bool several_lines = false;
};

/// An object with standard members, their aliases, fields, nested objects and duplicates; mostly a good
/// event.
std::string random_object(random_source& random, const json_variety& how);

/// `text` with a few bytes changed, none of them a line end.
std::string damaged(random_source& random, std::string text);

}  // namespace logstream::test
