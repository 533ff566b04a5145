// SPDX-License-Identifier: MIT
// What the process tells its caller when it ends.
#pragma once

namespace logstream {

/// Part of the interface: scripts test these numbers.
enum class exit_code : int {
  ok = 0,
  /// Something was refused: events by the server, a query by its rules, the start by the system; or
  /// something is damaged.
  failed = 1,
  /// The command line or the configuration is wrong, or what is to be looked at cannot be.
  usage = 2,
  /// No answer from the server.
  unreachable = 3,
};

constexpr int to_status(exit_code code) {
  return static_cast<int>(code);
}

}  // namespace logstream
