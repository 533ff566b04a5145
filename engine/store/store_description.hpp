// SPDX-License-Identifier: MIT
// What a store's folder says of itself.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream {

/// Fixed when the folder is made: rows are found by these.
struct store_description {
  std::uint32_t shards = 1;
  std::uint8_t node = 0;

  bool operator==(const store_description&) const = default;
};

/// The file's name in the store's folder.
inline constexpr std::string_view store_description_name = "store";

/// Errors: invalid if it is damaged, not_found if there is none, unsupported if it is of a later version, and
/// those of the disk.
result<store_description> read_description(file_system& in, const std::string& folder);
/// Replaces the one that is there.
result<void> save_description(file_system& in, const std::string& folder, const store_description& saved);

/// Reads the file "store" in `folder`, or writes it with `fresh` where there is none. Errors: invalid if it
/// is damaged (it is three lines of text, which can be written again by hand: docs/formats/store.md),
/// unsupported if it is of a later version, and those of the disk.
result<store_description> load_description(file_system& in, const std::string& folder,
                                           const store_description& fresh);

}  // namespace logstream
