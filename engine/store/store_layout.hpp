// SPDX-License-Identifier: MIT
// Where things are in the folder of a store: docs/formats/store.md.
#pragma once

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
/// True if `names` are what is in the folder of a store, whole or not.
bool is_store(const std::vector<std::string>& names);

}  // namespace logstream
