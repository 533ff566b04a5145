// SPDX-License-Identifier: MIT
// The client commands of the real binary, run to their end.
#pragma once

#include <string>
#include <vector>

namespace logstream::test {

struct command_outcome {
  /// -1 if a signal ended it.
  int status = -1;
  /// Its standard output; what it says to people goes where this process's messages go.
  std::string out;
};

/// `logstream` with `arguments` and no environment. Throws std::runtime_error if it cannot be started.
command_outcome run_command(std::vector<std::string> arguments);

}  // namespace logstream::test
