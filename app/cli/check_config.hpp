// SPDX-License-Identifier: MIT
// `logstream check-config`: says what a server would make of a configuration.
#pragma once

#include "app/cli/exit_code.hpp"
#include "app/config/configuration.hpp"

#include <iosfwd>
#include <optional>
#include <string>

namespace logstream {

struct check_options {
  std::optional<std::string> file;
  /// Print every effective setting.
  bool print = false;
  /// Print a document instead: `settings.md` or `example`.
  std::string document;
};

exit_code run_check_config(const check_options& options, const environment& variables, std::ostream& out,
                           std::ostream& err);

/// Writes each problem of a configuration on a line of its own.
void report_problems(const error& failure, std::ostream& err);

}  // namespace logstream
