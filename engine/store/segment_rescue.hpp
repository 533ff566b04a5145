// SPDX-License-Identifier: MIT
// What is whole of a damaged segment takes its place.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/quarantine.hpp"
#include "engine/store/segment_check.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace logstream {

/// Beyond so many bytes of text the good blocks of a segment are not written anew, since all of them are in
/// memory then.
inline constexpr std::uint64_t most_rescued_text = std::uint64_t{1} << 30;

struct segment_replacement {
  /// The damaged file.
  quarantined_file moved;
  /// The segment that has its good rows; null if there is none.
  segment_ptr rescued;
  std::uint64_t lost_rows = 0;
};

/// Writes the good blocks of `damaged` as a segment of the next level that stands for the same sequences,
/// puts it in the place of the damaged one in the manifest, which it saves, and moves the damaged one to
/// quarantine/. After a crash at any moment the folder is as before or as after. REQUIRES: `state` names the
/// segment, is the manifest of `folder`, and `health` is not sound. Errors: those of the disk; `state` is
/// then unchanged.
result<segment_replacement> replace_damaged_segment(const std::shared_ptr<file_system>& in,
                                                    const std::string& folder, const segment& damaged,
                                                    const segment_health& health, manifest& state);

}  // namespace logstream
