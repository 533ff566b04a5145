// SPDX-License-Identifier: MIT
// Nothing that lies in quarantine/ is ever replaced.
#include "engine/store/quarantine.hpp"

#include <algorithm>
#include <functional>
#include <utility>

namespace logstream {

namespace {

std::string quarantine_of(const std::string& folder) {
  return folder + "/" + std::string{quarantine_name};
}

std::string free_name(const std::vector<std::string>& taken, const std::string& wanted) {
  std::string name = wanted;
  for (std::size_t n = 1; std::find(taken.begin(), taken.end(), name) != taken.end(); ++n)
    name = wanted + "." + std::to_string(n);
  return name;
}

// Has `put` bring a file to the path that it is given.
result<quarantined_file> put_aside(file_system& in, const std::string& folder, const std::string& name,
                                   const std::function<result<void>(const std::string&)>& put) {
  const std::string into = quarantine_of(folder);
  if (auto made = in.make_folder(into); !made)
    return made.failure();
  const auto taken = in.list(into);
  if (!taken)
    return taken.failure();
  quarantined_file moved{into + "/" + free_name(*taken, name), 0};
  if (auto done = put(moved.path); !done)
    return done.failure();
  if (auto synced = in.sync_folder(into); !synced)
    return synced.failure();
  const auto file = in.open(moved.path);
  if (!file)
    return file.failure();
  moved.bytes = (*file)->size();
  return moved;
}

}  // namespace

void quarantine_figures::add(const quarantined_file& one) {
  add({1, one.bytes, {one.path}});
}

void quarantine_figures::add(const quarantine_figures& others) {
  files += others.files;
  bytes += others.bytes;
  for (const std::string& each : others.names)
    if (names.size() < most_names)
      names.push_back(each);
}

result<quarantined_file> move_to_quarantine(file_system& in, const std::string& folder,
                                            const std::string& name) {
  return put_aside(in, folder, name, [&](const std::string& to) -> result<void> {
    if (auto moved = in.rename(folder + "/" + name, to); !moved)
      return moved;
    return in.sync_folder(folder);
  });
}

result<quarantined_file> link_to_quarantine(file_system& in, const std::string& folder,
                                            const std::string& name) {
  return put_aside(in, folder, name, [&](const std::string& to) { return in.link(folder + "/" + name, to); });
}

result<std::vector<quarantined_file>> list_quarantine(file_system& in, const std::string& folder) {
  const std::string path = quarantine_of(folder);
  const auto names = in.list(path);
  std::vector<quarantined_file> found;
  if (!names && names.failure().code == errc::not_found)
    return found;
  if (!names)
    return names.failure();
  for (const std::string& each : *names) {
    const auto file = in.open(path + "/" + each);
    if (!file)
      return file.failure();
    found.push_back({path + "/" + each, (*file)->size()});
  }
  return found;
}

}  // namespace logstream
