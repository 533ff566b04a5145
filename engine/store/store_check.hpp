// SPDX-License-Identifier: MIT
// Looks at every file of a store's folder and changes none.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

enum class file_state : std::uint8_t {
  sound,
  /// What a crash left, or a change that replaced it; counts for nothing.
  leftover,
  /// The last file of the log ends in what is no whole record, as a crash leaves it.
  torn,
  damaged,
  /// It should be there.
  missing,
  /// It was put aside before.
  quarantined,
  /// Not one of ours, and left alone.
  unknown,
};

std::string_view to_string(file_state state);

struct checked_file {
  std::string path;
  file_state state = file_state::sound;
  std::uint64_t bytes = 0;
  /// As far as they can be read.
  std::uint64_t rows = 0;
  /// What is wrong, in words.
  std::string what;
};

struct store_check {
  /// In the order: description, shards, log, quarantine.
  std::vector<checked_file> files;

  /// True if a repair would find nothing to do.
  bool clean() const;
};

/// REQUIRES: nobody writes in `folder`. Every checksum is compared and every block and record decoded.
/// Errors: not_found if it is no folder of a store, unsupported if anything in it is of a later version, and
/// those of the disk.
result<store_check> check_store(file_system& in, const std::string& folder);

}  // namespace logstream
