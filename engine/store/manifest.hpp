// SPDX-License-Identifier: MIT
// What a shard consists of: its segments, and where what is in none of them begins.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/model/part.hpp"
#include "engine/store/segment_format.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Which files count. A segment counts once it stands here, and no longer once it does not.
struct manifest {
  /// One more with each that is saved.
  std::uint64_t generation = 0;
  /// Rows with sequences below it are in segments, or gone.
  std::uint64_t sealed_through = 0;
  /// No row was numbered with this or more when this was saved by a shard that had numbered none since.
  std::uint64_t next_sequence = 0;
  /// Rows before it were evicted; segments may still hold them.
  row_floor floor;
  /// No two stand for the same sequence.
  std::vector<segment_info> segments;

  bool operator==(const manifest&) const = default;
};

/// The file's name in the shard's folder.
inline constexpr std::string_view manifest_name = "manifest";

std::string encode_manifest(const manifest& from);
/// `bytes` may be anything. Errors: invalid; unsupported if it is whole and of a later version.
result<manifest> decode_manifest(std::string_view bytes);

/// Replaces the manifest in `folder`; after a crash there is the old one or the new one.
result<void> save_manifest(file_system& in, const std::string& folder, const manifest& saved);
/// Errors: those of decode_manifest() and of file_system, not_found if there is none.
result<manifest> load_manifest(file_system& in, const std::string& folder);

}  // namespace logstream
