// SPDX-License-Identifier: MIT
// Where damaged files are put aside: the folder quarantine/ in a shard's folder or a store's.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

inline constexpr std::string_view quarantine_name = "quarantine";

/// A file that was put aside; the path is that of the file there.
struct quarantined_file {
  std::string path;
  std::uint64_t bytes = 0;

  bool operator==(const quarantined_file&) const = default;
};

/// What lies in folders quarantine/, for figures: never more names than `most_names`.
struct quarantine_figures {
  static constexpr std::size_t most_names = 16;

  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  /// Paths of the first of them.
  std::vector<std::string> names;

  void add(const quarantined_file& one);
  void add(const quarantine_figures& others);
};

/// Moves the file `name` of `folder` to quarantine/ there; one that lies there under this name already gets
/// company under another. Survives a power cut when it returns. Errors: those of file_system.
result<quarantined_file> move_to_quarantine(file_system& in, const std::string& folder,
                                            const std::string& name);
/// The same with a second name for the bytes, which stay where they are.
result<quarantined_file> link_to_quarantine(file_system& in, const std::string& folder,
                                            const std::string& name);
/// What lies in quarantine/ in `folder`, sorted; nothing if there is no such folder.
result<std::vector<quarantined_file>> list_quarantine(file_system& in, const std::string& folder);

}  // namespace logstream
