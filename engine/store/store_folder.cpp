// SPDX-License-Identifier: MIT
// Lock, description, shards, log: in this order.
#include "engine/store/store_folder.hpp"

#include "engine/store/quarantine.hpp"
#include "engine/store/store_description.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/store/wal_reader.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

namespace {

void warn(std::vector<std::string>& to, const std::string& folder, const recovery_report& report) {
  if (!report.rebuilt.empty())
    to.push_back(folder + ": the manifest was made anew: " + report.rebuilt);
  for (const auto& each : report.quarantined)
    to.push_back(folder + "/" + each.name + ": moved to quarantine/: " + each.why);
  for (const std::string& each : report.missing) to.push_back(folder + "/" + each + ": is missing");
  if (report.lost_rows != 0)
    to.push_back(folder + ": " + std::to_string(report.lost_rows) + " events are missing");
}

class store_opener {
 public:
  store_opener(std::shared_ptr<file_system> disk, const store_folder_settings& settings)
      : disk_(std::move(disk)),
        settings_(settings),
        log_folder_(settings.path + "/" + std::string{wal_folder_name}) {}

  result<opened_store> open() {
    for (const auto step :
         {&store_opener::lock, &store_opener::describe, &store_opener::open_shards, &store_opener::replay,
          &store_opener::look_into_quarantine, &store_opener::start_log})
      if (auto done = (this->*step)(); !done)
        return done.failure();
    return std::move(made_);
  }

 private:
  result<void> lock() {
    if (auto folder = disk_->make_folder(log_folder_); !folder)
      return folder;
    auto held = disk_->lock(settings_.path + "/lock");
    if (!held)
      return held.failure();
    made_.lock = *std::move(held);
    return {};
  }

  result<void> describe() {
    if (auto told = check_description_is_there(); !told)
      return told;
    auto description = load_description(*disk_, settings_.path, {settings_.shards, settings_.node});
    if (!description)
      return description.failure();
    if (description->shards != settings_.shards)
      made_.warnings.push_back(settings_.path + ": has " + std::to_string(description->shards) +
                               " shards and keeps them; storage.shards is of use for a new folder only");
    if (description->node != settings_.node)
      made_.warnings.push_back(settings_.path + ": is of node " + std::to_string(description->node) +
                               " and stays so; node.id is of use for a new folder only");
    shards_ = description->shards;
    node_ = description->node;
    if (folders_ > shards_)
      return make_error(errc::invalid, settings_.path + "/store: tells of " + std::to_string(shards_) +
                                           " shards, but there are folders of " + std::to_string(folders_));
    return {};
  }

  // A new description beside old shards could name another number of them: their rows would not be found.
  result<void> check_description_is_there() {
    const auto names = disk_->list(settings_.path);
    if (!names)
      return names.failure();
    folders_ = shards_among(*names);
    if (folders_ != 0 && std::find(names->begin(), names->end(), store_description_name) == names->end())
      return make_error(errc::invalid, settings_.path + "/store: is missing, though there are folders of " +
                                           std::to_string(folders_) + " shards");
    // What is seen now may have been left by a start that failed, and is built upon from here on.
    return disk_->sync_folder(settings_.path);
  }

  result<void> open_shards() {
    ledger_ = wal_ledger{shards_};
    for (std::uint32_t i = 0; i < shards_; ++i) {
      const std::string path = settings_.path + "/" + shard_folder_name(i);
      if (auto folder = disk_->make_folder(path); !folder)
        return folder;
      // The log is cut by what is found here: it must be what a power cut leaves.
      if (auto synced = disk_->sync_folder(path); !synced)
        return synced;
      auto found = recover_manifest(*disk_, path);
      if (!found)
        return found.failure();
      warn(made_.warnings, path, found->report);
      ledger_.sealed(i, found->state.sealed_through);
      const origin identity{node_, static_cast<std::uint8_t>(i)};
      made_.shards.push_back(std::make_shared<shard_store>(
          shard_folder{path, identity, settings_.memtable_bytes}, *std::move(found)));
    }
    return {};
  }

  result<void> replay() {
    auto summary =
        replay_wal(*disk_, log_folder_, [this](wal_record record) { return take(std::move(record)); });
    if (!summary)
      return summary.failure();
    for (const wal_damage& each : summary->damages)
      if (auto told = keep_aside(each); !told)
        return told;
    // What a crash left was never acknowledged; damage in the last file looks the same.
    if (const auto& torn = summary->torn) {
      made_.warnings.push_back(torn->path + ": ends in " + std::to_string(torn->bytes) +
                               " bytes that are no whole record, as a crash leaves them (" + torn->what +
                               "): they are cut off");
      if (auto cut = disk_->truncate(torn->path, torn->offset); !cut)
        return cut;
    }
    next_file_ = summary->highest_number + 1;
    return {};
  }

  // The file goes when its rows are in segments: what is damaged of it may be wanted later.
  result<void> keep_aside(const wal_damage& what) {
    made_.warnings.push_back(what.path + ": damaged from byte " + std::to_string(what.offset) + " on (" +
                             what.what + "): up to " + std::to_string(what.bytes) +
                             " bytes are lost; the file is kept in quarantine/");
    const std::string name = what.path.substr(log_folder_.size() + 1);
    const auto aside = list_quarantine(*disk_, log_folder_);
    if (!aside)
      return aside.failure();
    const auto same = [&](const quarantined_file& each) { return each.path.ends_with("/" + name); };
    if (std::any_of(aside->begin(), aside->end(), same))
      return {};
    if (auto kept = link_to_quarantine(*disk_, log_folder_, name); !kept)
      return kept.failure();
    return {};
  }

  // Also what was put aside at earlier starts.
  result<void> look_into_quarantine() {
    for (const std::string& each : folders_of_store(settings_.path, shards_)) {
      const auto aside = list_quarantine(*disk_, each);
      if (!aside)
        return aside.failure();
      for (const quarantined_file& file : *aside) made_.quarantined.add(file);
    }
    return {};
  }

  result<void> take(wal_record record) {
    if (record.shard >= shards_) {
      made_.warnings.push_back("the log has rows of a shard " + std::to_string(record.shard) +
                               " that is not there; they are passed over");
      return {};
    }
    shard_store& to = *made_.shards[record.shard];
    const std::uint64_t end = record.first_sequence + record.rows->rows();
    ledger_.note(record.at.file, record.shard, end);
    // What a segment holds, or was numbered before, is there already.
    if (record.first_sequence < to.next_sequence())
      return {};
    record.rows->number({node_, record.shard}, record.first_sequence);
    made_.replayed_rows += record.rows->rows();
    to.append(to.next_sequence(), end, {std::move(record.rows)});
    return {};
  }

  result<void> start_log() {
    wal_settings how;
    how.folder = log_folder_;
    how.file_bytes = settings_.wal_file_bytes;
    auto writer = wal_writer::open(disk_, how, next_file_);
    if (!writer)
      return writer.failure();
    std::vector<std::uint64_t> next;
    for (const auto& each : made_.shards) next.push_back(each->next_sequence());
    made_.log = std::make_shared<commit_log>(node_, std::move(next), disk_, how, *std::move(writer),
                                             std::move(ledger_));
    return {};
  }

  std::shared_ptr<file_system> disk_;
  store_folder_settings settings_;
  std::string log_folder_;
  // One more than the highest number of a shard whose folder is there.
  std::uint32_t folders_ = 0;
  std::uint32_t shards_ = 0;
  std::uint8_t node_ = 0;
  wal_ledger ledger_;
  std::uint64_t next_file_ = 1;
  opened_store made_;
};

}  // namespace

result<opened_store> open_store(const std::shared_ptr<file_system>& disk,
                                const store_folder_settings& settings) {
  return store_opener{disk, settings}.open();
}

}  // namespace logstream
