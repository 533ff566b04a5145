// SPDX-License-Identifier: MIT
// The entry point.
#include "app/cli/command_line.hpp"
#include "app/serve.hpp"

int main(int argc, char** argv) {
  return logstream::run_command_line(argc, argv, logstream::serve);
}
