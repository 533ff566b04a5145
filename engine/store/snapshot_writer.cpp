// SPDX-License-Identifier: MIT
// Segments never change: a second name for each is a copy.
#include "engine/store/snapshot_writer.hpp"

#include "engine/store/store_description.hpp"
#include "engine/store/store_layout.hpp"

#include <utility>

namespace logstream {

snapshot_writer::snapshot_writer(std::shared_ptr<file_system> in, std::string store, std::string name)
    : in_(std::move(in)),
      store_(std::move(store)),
      folder_(store_ + "/" + std::string{snapshots_folder_name} + "/" + name) {
  made_.name = std::move(name);
}

result<snapshot_writer> snapshot_writer::begin(std::shared_ptr<file_system> in, const std::string& store,
                                               const std::string& name) {
  snapshot_writer made{std::move(in), store, name};
  const auto there = made.in_->list(made.folder_);
  if (there)
    return make_error(errc::conflict, "there is a snapshot \"" + name + "\" already");
  if (there.failure().code != errc::not_found)
    return there.failure();
  if (auto folder = made.in_->make_folder(made.log_folder()); !folder) {
    // Else the name would be taken by what is no snapshot; what stays goes at the next start.
    static_cast<void>(made.give_up());
    return folder.failure();
  }
  return made;
}

std::string snapshot_writer::log_folder() const {
  return folder_ + "/" + std::string{wal_folder_name};
}

result<bool> snapshot_writer::add_shard(std::uint32_t shard, const manifest& state) {
  const std::string from = store_ + "/" + shard_folder_name(shard);
  const std::string to = folder_ + "/" + shard_folder_name(shard);
  if (auto folder = in_->make_folder(to); !folder)
    return folder.failure();
  const auto names = in_->list(to);
  if (!names)
    return names.failure();
  // What was linked when the shard was added in vain.
  for (const std::string& each : *names)
    if (auto removed = in_->remove(to + "/" + each); !removed)
      return removed.failure();
  std::uint64_t bytes = 0;
  std::uint64_t events = 0;
  for (const segment_info& each : state.segments) {
    const std::string name = segment_name(id_of(each));
    const auto linked = in_->link(from + "/" + name, to + "/" + name);
    if (!linked && linked.failure().code == errc::not_found)
      return false;
    if (!linked)
      return linked.failure();
    bytes += each.bytes;
    events += each.rows;
  }
  // It syncs the folder.
  if (auto saved = save_manifest(*in_, to, state); !saved)
    return saved.failure();
  const std::uint64_t end = log_.ends.at(shard);
  made_.events += events + (end > state.sealed_through ? end - state.sealed_through : 0);
  made_.bytes += bytes;
  return true;
}

result<snapshot_info> snapshot_writer::finish(timestamp now) {
  const auto description = read_description(*in_, store_);
  if (!description)
    return description.failure();
  if (auto saved = save_description(*in_, folder_, *description); !saved)
    return saved.failure();
  made_.created = now;
  made_.bytes += log_.bytes;
  if (auto saved = save_snapshot_info(*in_, folder_, made_); !saved)
    return saved.failure();
  return made_;
}

result<void> snapshot_writer::give_up() {
  return remove_snapshot(*in_, store_ + "/" + std::string{snapshots_folder_name}, made_.name);
}

}  // namespace logstream
