// SPDX-License-Identifier: MIT
// Makes the folder of a store whole again, at the price of what is lost already.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream {

struct store_repair {
  /// What was done, one sentence each; empty if there was nothing to do.
  std::vector<std::string> done;
  /// Events of segments that are in none any more.
  std::uint64_t lost_rows = 0;
};

/// Brings `folder` into a state of which check_store() has nothing to tell: a description and manifests are
/// written anew of what is there, good blocks of damaged segments go into new segments, files of the log are
/// written anew without what is no record. Whatever is replaced, cut or counts for nothing is moved to
/// quarantine/, nothing is deleted. After a crash or an error it may be called again. REQUIRES: nobody uses
/// the folder. Errors: not_found if it is no folder of a store, unsupported if anything in it is of a later
/// version, and those of the disk.
result<store_repair> repair_store(const std::shared_ptr<file_system>& in, const std::string& folder);

}  // namespace logstream
