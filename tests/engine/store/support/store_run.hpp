// SPDX-License-Identifier: MIT
// A store on a disk in memory that is opened, added to, sealed and expired by chance, and what must be in it.
#pragma once

#include "engine/store/store_folder.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/row_model.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace logstream::test {

/// The folder of such stores.
inline const std::string store_path = "data";

store_folder_settings store_settings();

class store_run {
 public:
  explicit store_run(std::uint64_t seed) : random_(seed) {}

  /// Opens the store; false if the disk did not let it.
  bool open();
  /// So many commits, with what is done between them; opens the store where it is not open.
  void run(int steps);
  /// Ends the process; what the disk makes of it is up to the disk.
  void close() { store_.reset(); }

  /// What is wrong with the rows that are found, in words; empty if they are those that were acknowledged,
  /// each once, with some of those that were refused only if `refused_may_be_there`.
  std::string wrong(bool refused_may_be_there) const;
  const opened_store& store() const { return *store_; }
  std::uint64_t acknowledged() const { return kept_.size(); }

  std::shared_ptr<memory_file_system> disk = std::make_shared<memory_file_system>();

 private:
  using rows_by_id = std::map<event_id, event>;

  void commit();
  void carry_out(std::uint32_t shard, const std::shared_ptr<upkeep_order>& order);
  void forget(std::uint32_t shard, const std::vector<segment_id>& gone, bool surely);

  random_source random_;
  std::optional<opened_store> store_;
  rows_by_id kept_;
  rows_by_id refused_;
  // Acknowledged, and of a segment whose removal failed: it may have been removed all the same.
  std::set<event_id> maybe_expired_;
};

}  // namespace logstream::test
