// SPDX-License-Identifier: MIT
// Folders of shards are numbered in hexadecimal.
#include "engine/store/store_layout.hpp"

#include "engine/store/store_description.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>

namespace logstream {

std::string shard_folder_name(std::uint32_t shard) {
  char name[16];
  std::snprintf(name, sizeof name, "shard-%02x", shard);
  return name;
}

std::uint32_t shards_up_to(std::string_view name) {
  constexpr std::string_view prefix = "shard-";
  if (!name.starts_with(prefix))
    return 0;
  name.remove_prefix(prefix.size());
  std::uint8_t shard = 0;
  const auto [rest, problem] = std::from_chars(name.data(), name.data() + name.size(), shard, 16);
  return problem == std::errc{} && rest == name.data() + name.size() ? shard + 1u : 0;
}

std::uint32_t shards_among(const std::vector<std::string>& names) {
  std::uint32_t shards = 0;
  for (const std::string& each : names) shards = std::max(shards, shards_up_to(each));
  return shards;
}

result<std::vector<std::string>> list_store(file_system& in, const std::string& folder) {
  auto names = in.list(folder);
  if (!names)
    return names;
  if (shards_among(*names) == 0 &&
      std::find(names->begin(), names->end(), store_description_name) == names->end())
    return make_error(errc::not_found, folder + ": is no folder of a store");
  return names;
}

std::vector<std::string> folders_of_store(const std::string& folder, std::uint32_t shards) {
  std::vector<std::string> folders{folder, folder + "/" + std::string{wal_folder_name}};
  for (std::uint32_t i = 0; i < shards; ++i) folders.push_back(folder + "/" + shard_folder_name(i));
  return folders;
}

}  // namespace logstream
