// SPDX-License-Identifier: MIT
// Copies of a store that share their files with it: names, what is known of each, and how they go.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What is known of a snapshot: the content of its file "snapshot", which is written last. A folder without
/// it is of one that was not finished.
struct snapshot_info {
  std::string name;
  timestamp created = 0;
  std::uint64_t events = 0;
  /// Of all files, whether the store has them still or not.
  std::uint64_t bytes = 0;

  bool operator==(const snapshot_info&) const = default;
};

/// The name of that file.
inline constexpr std::string_view snapshot_info_name = "snapshot";

/// A name is a letter or digit and up to 63 more, dots, hyphens and underscores among them. Errors: invalid.
result<void> check_snapshot_name(std::string_view name);
/// A name for a snapshot of that time, which sorts as times do.
std::string snapshot_name_of(timestamp time);

/// Errors: not_found if there is none, invalid if it is damaged, and those of the disk.
result<snapshot_info> read_snapshot_info(file_system& in, const std::string& folder);
result<void> save_snapshot_info(file_system& in, const std::string& folder, const snapshot_info& saved);

/// The finished snapshots in `folder`, sorted by name; nothing if there is no such folder.
result<std::vector<snapshot_info>> list_snapshots(file_system& in, const std::string& folder);
/// Removes a snapshot, finished or not. Errors: not_found, and those of the disk, after which it may be
/// called again.
result<void> remove_snapshot(file_system& in, const std::string& folder, const std::string& name);
/// Removes what is left of snapshots that were not finished.
result<void> remove_unfinished_snapshots(file_system& in, const std::string& folder);

}  // namespace logstream
