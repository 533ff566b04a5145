// SPDX-License-Identifier: MIT
// What GET /ready tells.
#pragma once

#include <string>

namespace logstream {

struct readiness {
  bool ready = false;
  /// Why not, for people; empty when ready.
  std::string reason;
  /// What is wrong though requests are taken; empty if nothing is.
  std::string degraded;
};

}  // namespace logstream
