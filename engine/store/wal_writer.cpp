// SPDX-License-Identifier: MIT
// One file at a time; what failed is left behind.
#include "engine/store/wal_writer.hpp"

#include <algorithm>
#include <array>

namespace logstream {

result<wal_writer> wal_writer::open(std::shared_ptr<file_system> disk, wal_settings settings,
                                    std::uint64_t number) {
  wal_writer made{std::move(disk), std::move(settings), number};
  if (auto started = made.start_next(); !started)
    return started.failure();
  return made;
}

result<void> wal_writer::append(std::span<const wal_entry> entries) {
  if (failed())
    return make_error(errc::unavailable, "the log's file failed and no other one is open yet");
  if (std::any_of(entries.begin(), entries.end(),
                  [](const wal_entry& each) { return each.payload.size() > most_wal_payload_bytes; }))
    return make_error(errc::too_large, "a batch is too large for the log");
  if (size_ >= settings_.file_bytes && size_ == synced_)
    if (auto started = start_next(); !started)
      return started;
  heads_.clear();
  pieces_.clear();
  heads_.reserve(entries.size() * wal_record_head_bytes);
  std::uint64_t end = size_;
  for (const wal_entry& each : entries) {
    wal_record_head head{static_cast<std::uint32_t>(each.payload.size()), wal_kind::batch, each.shard,
                         each.first_sequence, 0};
    head.checksum = wal_checksum(head, {number_, end}, each.checksum);
    const std::size_t begin = heads_.size();
    append_wal_record_head(heads_, head);
    pieces_.push_back(std::string_view{heads_}.substr(begin));
    pieces_.push_back(each.payload);
    end += wal_record_head_bytes + each.payload.size();
  }
  if (auto written = file_->append(pieces_); !written) {
    give_up();
    return written;
  }
  size_ = end;
  return {};
}

result<void> wal_writer::sync() {
  if (failed())
    return make_error(errc::unavailable, "the log's file failed and no other one is open yet");
  if (size_ == synced_)
    return {};
  if (auto synced = file_->sync(); !synced) {
    give_up();
    return synced;
  }
  synced_ = size_;
  return {};
}

result<wal_reopening> wal_writer::reopen() {
  if (!failed())
    give_up();
  wal_reopening outcome;
  if (uncut_) {
    if (auto done = disk_->truncate(path_of(uncut_->file), uncut_->size); done)
      uncut_.reset();
    else
      outcome.uncut = done.failure();
  }
  if (auto started = start_next(); !started)
    return started.failure();
  uncut_.reset();
  return outcome;
}

result<void> wal_writer::leave_file() {
  return size_ == wal_file_head_bytes ? result<void>{} : start_next();
}

void wal_writer::give_up() {
  file_.reset();
  uncut_ = cut{number_, synced_};
}

std::string wal_writer::path_of(std::uint64_t number) const {
  return settings_.folder + "/" + wal_file_name(number);
}

result<void> wal_writer::start_next() {
  file_.reset();
  // A number is used once, also when its file could not be made.
  const std::uint64_t number = next_++;
  auto made = make_file(number);
  if (!made) {
    // Nothing is in it; if it stays, a replay says so.
    static_cast<void>(disk_->remove(path_of(number)));
    return made.failure();
  }
  file_ = *std::move(made);
  number_ = number;
  size_ = synced_ = wal_file_head_bytes;
  return {};
}

// A file's head and name are kept before its first record is: a file without them has no records.
result<std::unique_ptr<output_file>> wal_writer::make_file(std::uint64_t number) {
  auto file = disk_->create(path_of(number));
  if (!file)
    return file;
  const std::string head = wal_file_head(number);
  if (auto written = (*file)->append(std::array<std::string_view, 1>{head}); !written)
    return written.failure();
  if (auto synced = (*file)->sync(); !synced)
    return synced.failure();
  if (auto synced = disk_->sync_folder(settings_.folder); !synced)
    return synced.failure();
  return file;
}

}  // namespace logstream
