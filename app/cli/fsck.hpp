// SPDX-License-Identifier: MIT
// `logstream fsck`: looks at every byte of a store's folder, and mends it.
#pragma once

#include "app/cli/exit_code.hpp"

#include <iosfwd>
#include <string>

namespace logstream {

struct fsck_options {
  std::string path;
  bool repair = false;
  bool json = false;
};

/// Returns ok if nothing is wrong or nothing is any more, failed if something is, usage if it could not be
/// looked at: a server has the folder, it is none of a store, the disk fails.
exit_code run_fsck(const fsck_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
