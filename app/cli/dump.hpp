// SPDX-License-Identifier: MIT
// `logstream dump`: what is in a file of a store.
#pragma once

#include "app/cli/exit_code.hpp"

#include <iosfwd>
#include <string>

namespace logstream {

struct dump_options {
  std::string file;
  /// The events, a JSON object a line, and nothing else.
  bool rows = false;
  bool json = false;
};

/// A segment, a file of the log or a manifest, known by its content. What is damaged of it is told of behind
/// what is not, and returns failed; usage if it is none of these or cannot be read.
exit_code run_dump(const dump_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
