// SPDX-License-Identifier: MIT
// A node's data on disk: opened, checked, and brought back to what was acknowledged.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/commit_log.hpp"
#include "engine/store/quarantine.hpp"
#include "engine/store/shard_store.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream {

struct store_folder_settings {
  std::string path;
  /// Node and shards of a folder that is made; one that is there keeps its own.
  std::uint8_t node = 0;
  std::uint32_t shards = 1;
  /// Of each shard.
  std::uint64_t memtable_bytes = 32 << 20;
  std::uint64_t wal_file_bytes = 64 << 20;
};

/// All of a node's rows, ready to be asked and added to.
struct opened_store {
  /// Held as long as the store is in use.
  std::unique_ptr<file_lock> lock;
  std::vector<std::shared_ptr<shard_store>> shards;
  std::shared_ptr<commit_log> log;
  /// Sentences for the operator about what was found wrong and what was done about it; empty if all was well.
  std::vector<std::string> warnings;
  /// What lies in the folders quarantine/, put aside now or before.
  quarantine_figures quarantined;
  /// Rows that came out of the log.
  std::uint64_t replayed_rows = 0;
};

/// Makes the folder if it is not there. Whatever is damaged in it is put aside and told of, and the rest
/// opens: errors are those of the disk, conflict if another process has the folder, invalid if its
/// description is damaged, or missing while there are shards, unsupported if anything in it is of a later
/// version.
result<opened_store> open_store(const std::shared_ptr<file_system>& disk,
                                const store_folder_settings& settings);

}  // namespace logstream
