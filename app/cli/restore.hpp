// SPDX-License-Identifier: MIT
// `logstream restore`: a store of a snapshot.
#pragma once

#include "app/cli/exit_code.hpp"

#include <iosfwd>
#include <string>

namespace logstream {

struct restore_options {
  std::string snapshot;
  std::string target;
  bool link = false;
};

exit_code run_restore(const restore_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
