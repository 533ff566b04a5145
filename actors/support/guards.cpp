// SPDX-License-Identifier: MIT
// The log of the unexpected.
#include "actors/support/guards.hpp"

#include <caf/deep_to_string.hpp>
#include <spdlog/spdlog.h>

namespace logstream {

void log_unexpected(const char* actor, const std::string& what) {
  spdlog::error("{}: {}", actor, what);
}

std::string describe(const caf::error& why) {
  return caf::to_string(why);
}

}  // namespace logstream
