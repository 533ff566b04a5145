// SPDX-License-Identifier: MIT
// The wall clock.
#include "engine/base/clock.hpp"

#include <chrono>

namespace logstream {

timestamp system_clock::now() const {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

}  // namespace logstream
