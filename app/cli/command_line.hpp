// SPDX-License-Identifier: MIT
// The command line of logstream.
#pragma once

#include "app/config/configuration.hpp"
#include "engine/base/result.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

namespace logstream {

/// Reads the same sources of configuration again.
using reload_function = std::function<result<configuration>()>;

/// Runs the server until it is told to stop; returns the status of the process.
using serve_function = std::function<int(const configuration&, const reload_function&)>;

/// Does what the arguments say and returns the status of the process, see exit_code.
int run_command_line(int argc, char** argv, const serve_function& serve);

/// As run_command_line, with everything it touches at hand. `arguments` are without the program's name.
int run_arguments(std::vector<std::string> arguments, const environment& variables,
                  const serve_function& serve, std::ostream& out, std::ostream& err);

}  // namespace logstream
