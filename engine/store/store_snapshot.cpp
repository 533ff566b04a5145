// SPDX-License-Identifier: MIT
// What is known is text, as the description of a store is.
#include "engine/store/store_snapshot.hpp"

#include "engine/store/number_line.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>

namespace logstream {

namespace {

constexpr std::size_t most_name_bytes = 64;
constexpr std::string_view first_line = "logstream-snapshot 1\n";

bool is_plain(char each) {
  return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9');
}

result<void> remove_files(file_system& in, const std::string& folder) {
  const auto names = in.list(folder);
  if (!names)
    return names.failure();
  for (const std::string& each : *names)
    if (auto removed = in.remove(folder + "/" + each); !removed)
      return removed;
  return in.remove_folder(folder);
}

}  // namespace

result<void> check_snapshot_name(std::string_view name) {
  const bool good = !name.empty() && name.size() <= most_name_bytes && is_plain(name.front()) &&
                    std::all_of(name.begin(), name.end(), [](char each) {
                      return is_plain(each) || each == '.' || each == '-' || each == '_';
                    });
  if (good)
    return {};
  return make_error(errc::invalid,
                    "a snapshot's name begins with a letter or digit and has up to 63 more, or . - _");
}

std::string snapshot_name_of(timestamp time) {
  std::string name = format_rfc3339(time);
  std::replace(name.begin(), name.end(), ':', '-');
  return name;
}

result<snapshot_info> read_snapshot_info(file_system& in, const std::string& folder) {
  const std::string path = folder + "/" + std::string{snapshot_info_name};
  const auto bytes = read_file(in, path);
  if (!bytes)
    return bytes.failure();
  std::string_view text{*bytes};
  snapshot_info read;
  read.name = folder.substr(folder.rfind('/') + 1);
  if (!text.starts_with(first_line))
    return make_error(errc::invalid, path + ": does not begin as what is known of a snapshot does");
  text.remove_prefix(first_line.size());
  if (!take_number_line(text, "created", read.created) || !take_number_line(text, "events", read.events) ||
      !take_number_line(text, "bytes", read.bytes) || !text.empty())
    return make_error(errc::invalid, path + ": is damaged");
  return read;
}

result<void> save_snapshot_info(file_system& in, const std::string& folder, const snapshot_info& saved) {
  return replace_file(in, folder, std::string{snapshot_info_name},
                      std::string{first_line} + "created " + std::to_string(saved.created) + "\nevents " +
                          std::to_string(saved.events) + "\nbytes " + std::to_string(saved.bytes) + "\n");
}

result<std::vector<snapshot_info>> list_snapshots(file_system& in, const std::string& folder) {
  std::vector<snapshot_info> found;
  const auto names = in.list(folder);
  if (!names && names.failure().code == errc::not_found)
    return found;
  if (!names)
    return names.failure();
  for (const std::string& each : *names) {
    auto info = read_snapshot_info(in, folder + "/" + each);
    if (info)
      found.push_back(*std::move(info));
    else if (info.failure().code != errc::not_found && info.failure().code != errc::invalid)
      return info.failure();
  }
  return found;
}

result<void> remove_snapshot(file_system& in, const std::string& folder, const std::string& name) {
  const std::string path = folder + "/" + name;
  const auto names = in.list(path);
  if (!names)
    return names.failure();
  // From here on it is one that was not finished.
  if (std::find(names->begin(), names->end(), snapshot_info_name) != names->end()) {
    if (auto removed = in.remove(path + "/" + std::string{snapshot_info_name}); !removed)
      return removed;
    if (auto synced = in.sync_folder(path); !synced)
      return synced;
  }
  for (const std::string& each : *names) {
    if (each == snapshot_info_name)
      continue;
    const bool is_folder = each == wal_folder_name || shards_up_to(each) != 0;
    if (auto removed = is_folder ? remove_files(in, path + "/" + each) : in.remove(path + "/" + each);
        !removed)
      return removed;
  }
  if (auto removed = in.remove_folder(path); !removed)
    return removed;
  return in.sync_folder(folder);
}

result<void> remove_unfinished_snapshots(file_system& in, const std::string& folder) {
  const auto names = in.list(folder);
  if (!names && names.failure().code == errc::not_found)
    return {};
  if (!names)
    return names.failure();
  for (const std::string& each : *names)
    if (const auto info = read_snapshot_info(in, folder + "/" + each);
        !info && info.failure().code == errc::not_found)
      // What is no folder is not ours.
      if (auto removed = remove_snapshot(in, folder, each);
          !removed && removed.failure().code != errc::not_found)
        return removed;
  return {};
}

}  // namespace logstream
