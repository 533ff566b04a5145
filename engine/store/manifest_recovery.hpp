// SPDX-License-Identifier: MIT
// Brings a shard's folder into the state that its manifest tells, or makes a manifest of what is there.
#pragma once

#include "engine/store/manifest.hpp"
#include "engine/store/segment_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

/// What was found wrong and what was done about it, for logs; empty lists if all was well.
struct recovery_report {
  /// Why the manifest was made anew of the segments; empty if it was not.
  std::string rebuilt;
  /// File names: what a crash left over, or a merge replaced.
  std::vector<std::string> removed;
  /// Moved to the folder quarantine/, and why; their rows are missing.
  struct moved {
    std::string name;
    std::string why;
  };
  std::vector<moved> quarantined;
  /// In the manifest, but not there.
  std::vector<std::string> missing;
  /// Rows of the manifest's segments that are missing for either reason.
  std::uint64_t lost_rows = 0;

  bool clean() const { return rebuilt.empty() && quarantined.empty() && missing.empty(); }
};

/// What becomes of files that count for nothing: of what a crash left, and of segments that no manifest
/// names.
enum class leftovers : std::uint8_t { removed, quarantined };

/// A shard's state on disk.
struct recovered_shard {
  manifest state;
  /// Those of state.segments, open, in the same order.
  std::vector<segment_ptr> segments;
  recovery_report report;
};

/// Loads the manifest and opens its segments. Damaged files go to quarantine; what becomes of temporary files
/// and segments that the manifest does not name is `rest`. A manifest that is missing or damaged is made anew
/// of all segments that open: where several stand for the same sequence, the one of the highest level counts;
/// evictions are then forgotten. What changed is saved before anything is removed. To be called before
/// anyone writes in the folder. Errors: those of file_system, and unsupported if anything is of a later
/// version; nothing was removed then.
result<recovered_shard> recover_manifest(file_system& in, const std::string& folder,
                                         leftovers rest = leftovers::removed);

}  // namespace logstream
