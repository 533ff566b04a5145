// SPDX-License-Identifier: MIT
// The writer, the numbers and the ledger in step.
#include "engine/store/commit_log.hpp"

#include "engine/store/wal_reader.hpp"

#include <utility>

namespace logstream {

commit_log::commit_log(std::uint8_t node, std::vector<std::uint64_t> next, std::shared_ptr<file_system> disk,
                       wal_settings settings, wal_writer log, wal_ledger ledger)
    : numbers_(node, std::move(next)),
      disk_(std::move(disk)),
      settings_(std::move(settings)),
      log_(std::move(log)),
      ledger_(std::move(ledger)) {}

std::vector<commit_log::range> commit_log::number(std::span<const entry> entries) {
  std::vector<range> given;
  for (std::uint32_t shard = 0; shard < numbers_.shards(); ++shard)
    given.push_back({numbers_.next(shard), numbers_.next(shard)});
  for (const entry& each : entries) numbers_.number(each.shard, *each.rows);
  for (std::uint32_t shard = 0; shard < numbers_.shards(); ++shard) given[shard].end = numbers_.next(shard);
  return given;
}

result<void> commit_log::write(std::span<const entry> entries) {
  if (!log_ || entries.empty())
    return {};
  if (log_->failed())
    if (auto again = start_again(); !again)
      return again;
  std::vector<wal_entry> records;
  records.reserve(entries.size());
  for (const entry& each : entries)
    records.push_back({static_cast<std::uint8_t>(each.shard), each.rows->first_sequence(),
                       each.payload->bytes, each.payload->checksum});
  if (auto written = log_->append(records); !written)
    return written;
  unsynced_ = true;
  for (const entry& each : entries)
    ledger_.note(log_->file_number(), each.shard, each.rows->first_sequence() + each.rows->rows());
  return {};
}

result<void> commit_log::sync() {
  if (!log_ || !unsynced_)
    return {};
  unsynced_ = false;
  return log_->sync();
}

result<void> commit_log::start_again() {
  auto reopened = log_->reopen();
  if (!reopened)
    return reopened.failure();
  uncut_ = std::move(reopened->uncut);
  return {};
}

result<void> commit_log::sealed(std::uint32_t shard, std::uint64_t through) {
  if (!log_)
    return {};
  ledger_.sealed(shard, through);
  const auto needed = ledger_.first_needed(log_->file_number());
  if (!needed)
    return {};
  auto removed = remove_wal_files_before(*disk_, settings_.folder, *needed);
  if (!removed)
    return removed.failure();
  return {};
}

result<log_copy> commit_log::copy_to(const std::string& folder) {
  if (log_->failed())
    if (auto again = start_again(); !again)
      return again.failure();
  if (auto synced = sync(); !synced)
    return synced.failure();
  if (auto next = log_->leave_file(); !next)
    return next.failure();
  auto bytes = link_wal_files_before(*disk_, settings_.folder, log_->file_number(), folder);
  if (!bytes)
    return bytes.failure();
  log_copy copied{*bytes, {}};
  for (std::uint32_t shard = 0; shard < numbers_.shards(); ++shard)
    copied.ends.push_back(numbers_.next(shard));
  return copied;
}

}  // namespace logstream
