// SPDX-License-Identifier: MIT
// What GET /ready tells.
#pragma once

#include <string>

namespace logstream {

struct readiness {
  bool ready = false;
  /// Why not, for people; empty when ready.
  std::string reason;
};

}  // namespace logstream
