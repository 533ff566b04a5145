// SPDX-License-Identifier: MIT
// Description, shards, log: in this order, as a start goes.
#include "engine/store/store_repair.hpp"

#include "engine/store/manifest_recovery.hpp"
#include "engine/store/quarantine.hpp"
#include "engine/store/segment_rescue.hpp"
#include "engine/store/store_description.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/store/wal_repair.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace logstream {

namespace {

std::string events(std::uint64_t rows) {
  return std::to_string(rows) + " events are lost";
}

class store_mender {
 public:
  store_mender(std::shared_ptr<file_system> in, std::string folder)
      : in_(std::move(in)), folder_(std::move(folder)) {}

  result<store_repair> run() {
    const auto names = list_store(*in_, folder_);
    if (!names)
      return names.failure();
    shards_ = shards_among(*names);
    for (const auto step :
         {&store_mender::mend_shards, &store_mender::mend_description, &store_mender::mend_log})
      if (auto done = (this->*step)(); !done)
        return done.failure();
    return std::move(made_);
  }

 private:
  void tell(const std::string& path, const std::string& what) { made_.done.push_back(path + ": " + what); }

  result<void> mend_shards() {
    for (std::uint32_t i = 0; i < shards_; ++i) {
      const std::string path = folder_ + "/" + shard_folder_name(i);
      if (auto made = in_->make_folder(path); !made)
        return made;
      if (auto mended = mend_shard(path); !mended)
        return mended;
    }
    return {};
  }

  result<void> mend_shard(const std::string& path) {
    auto found = recover_manifest(*in_, path, leftovers::quarantined);
    if (!found)
      return found.failure();
    tell_of(path, found->report);
    if (!found->segments.empty())
      node_ = found->segments.front()->info().from.node;
    for (const segment_ptr& each : found->segments)
      if (auto mended = mend_segment(path, *each, found->state); !mended)
        return mended;
    return {};
  }

  void tell_of(const std::string& path, const recovery_report& report) {
    if (!report.rebuilt.empty())
      tell(path, "the manifest was made anew of the segments: " + report.rebuilt);
    for (const auto& each : report.quarantined)
      tell(path + "/" + each.name, "moved to quarantine/: " + each.why);
    for (const std::string& each : report.missing)
      tell(path + "/" + each, "is missing and no longer in the manifest");
    for (const std::string& each : report.removed)
      tell(path + "/" + each, "counted for nothing and was moved to quarantine/");
    if (report.lost_rows != 0)
      tell(path, events(report.lost_rows));
    made_.lost_rows += report.lost_rows;
  }

  result<void> mend_segment(const std::string& folder, const segment& of, manifest& state) {
    const auto health = check_segment(of);
    if (!health)
      return health.failure();
    if (health->sound())
      return {};
    auto replaced = replace_damaged_segment(in_, folder, of, *health, state);
    if (!replaced)
      return replaced.failure();
    tell(of.path(), "moved to quarantine/ (" + health->what + "); " +
                        (replaced->rescued ? "the rest of it was written anew; " : std::string{}) +
                        events(replaced->lost_rows));
    made_.lost_rows += replaced->lost_rows;
    return {};
  }

  result<void> mend_description() {
    const auto read = read_description(*in_, folder_);
    if (read && read->shards >= shards_) {
      shards_ = read->shards;
      return {};
    }
    if (!read && read.failure().code != errc::invalid && read.failure().code != errc::not_found)
      return read.failure();
    if (shards_ == 0)
      return make_error(errc::invalid, read.failure().message +
                                           "; there are no folders of shards from which it could be written");
    const bool there = read || read.failure().code == errc::invalid;
    if (there)
      if (auto moved = move_to_quarantine(*in_, folder_, std::string{store_description_name}); !moved)
        return moved.failure();
    const store_description made{shards_, node_};
    tell(folder_ + "/" + std::string{store_description_name},
         "was written anew: " + std::to_string(made.shards) + " shards, node " + std::to_string(made.node));
    return save_description(*in_, folder_, made);
  }

  result<void> mend_log() {
    auto mended = repair_wal(*in_, folder_ + "/" + std::string{wal_folder_name}, shards_);
    if (!mended)
      return mended.failure();
    for (std::string& each : *mended) made_.done.push_back(std::move(each));
    return {};
  }

  std::shared_ptr<file_system> in_;
  std::string folder_;
  std::uint32_t shards_ = 0;
  std::uint8_t node_ = 0;
  store_repair made_;
};

}  // namespace

result<store_repair> repair_store(const std::shared_ptr<file_system>& in, const std::string& folder) {
  return store_mender{in, folder}.run();
}

}  // namespace logstream
