// SPDX-License-Identifier: MIT
// Makes a snapshot of a store that goes on being written.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/commit_log.hpp"
#include "engine/store/manifest.hpp"
#include "engine/store/store_snapshot.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace logstream {

/// First the log, then each shard, then finish(). What was acknowledged before the log was copied is in it
/// once: what left the log before is in segments that the manifests, which are taken later, name; what a
/// segment and the copied log have is passed over when the log is read.
class snapshot_writer {
 public:
  /// Makes the folder of `name` in the store's folder for snapshots. Errors: conflict if there is one, and
  /// those of the disk. REQUIRES: check_snapshot_name(name).
  static result<snapshot_writer> begin(std::shared_ptr<file_system> in, const std::string& store,
                                       const std::string& name);

  /// The folder that commit_log::copy_to() is to be given.
  std::string log_folder() const;
  void add_log(log_copy copied) { log_ = std::move(copied); }
  /// The segments that `state` names, and `state`; false if one of them has gone meanwhile: the shard is then
  /// to be asked for its manifest and added again. REQUIRES: add_log() before.
  result<bool> add_shard(std::uint32_t shard, const manifest& state);
  /// From here on there is such a snapshot, and it survives a power cut.
  result<snapshot_info> finish(timestamp now);
  /// Removes what was made so far.
  result<void> give_up();

 private:
  snapshot_writer(std::shared_ptr<file_system> in, std::string store, std::string name);

  std::shared_ptr<file_system> in_;
  std::string store_;
  std::string folder_;
  snapshot_info made_;
  log_copy log_;
};

}  // namespace logstream
