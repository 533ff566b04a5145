// SPDX-License-Identifier: MIT
// Why one event of a body was not taken.
#pragma once

#include <cstdint>
#include <string>

namespace logstream {

struct rejection {
  /// Counted from 1: the line of NDJSON, the element of an array.
  std::uint64_t line = 0;
  /// The member at fault, empty where the whole event is.
  std::string member;
  std::string reason;

  bool operator==(const rejection&) const = default;
};

}  // namespace logstream
