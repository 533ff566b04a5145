// SPDX-License-Identifier: MIT
// The names of the error kinds.
#include "engine/base/result.hpp"

#include <array>

namespace logstream {

std::string_view to_string(errc code) {
  static constexpr std::array<std::string_view, 12> names{
      "invalid",     "not_found", "conflict",  "too_large", "unsupported", "overloaded",
      "unavailable", "timeout",   "disk_full", "io",        "cancelled",   "internal"};
  static_assert(names.size() == static_cast<std::size_t>(errc::internal) + 1);
  return names[static_cast<std::size_t>(code)];
}

}  // namespace logstream
