// SPDX-License-Identifier: MIT
// Where things are in the folder of a store: docs/formats/store.md.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

inline constexpr std::string_view wal_folder_name = "wal";
inline constexpr std::string_view snapshots_folder_name = "snapshots";

/// The name of the folder of a shard.
std::string shard_folder_name(std::uint32_t shard);
/// How many shards there must be for `name` to be the folder of one; 0 if it is none.
std::uint32_t shards_up_to(std::string_view name);
/// How many shards the folders of shards among `names` are of; 0 if there are none.
std::uint32_t shards_among(const std::vector<std::string>& names);
/// What is in the folder of a store, whole or not, sorted. Errors: not_found if it is none, and those of the
/// disk.
result<std::vector<std::string>> list_store(file_system& in, const std::string& folder);
/// The folders of a store that files are in: its own, that of the log, those of the shards.
std::vector<std::string> folders_of_store(const std::string& folder, std::uint32_t shards);

}  // namespace logstream
