// SPDX-License-Identifier: MIT
// A shard on a disk in memory, and beside it a list of the rows that it must have.
#pragma once

#include "engine/store/shard_store.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/row_model.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace logstream::test {

class shard_rig {
 public:
  explicit shard_rig(std::uint64_t memtable_bytes = 1 << 20);

  /// Numbers a batch without storing it.
  struct numbered {
    std::uint64_t begin;
    std::uint64_t end;
    std::vector<event> events;
  };
  numbered number(std::vector<event> events);
  void append(const numbered& rows);
  void append(std::vector<event> events) { append(number(std::move(events))); }

  /// Carries out an order that was given and hands it back; true if it succeeded.
  bool complete(const std::shared_ptr<upkeep_order>& order);
  /// Seals all that is in memory, which must succeed.
  void seal();
  /// Forgets the shard and makes it anew of what is on the disk and of what a log would have: the batches
  /// that were appended and are in no segment.
  recovery_report reopen();

  std::vector<model_row> find(const log_query& query) const;
  group_counts count(const row_filter& filter, count_by by) const;

  std::shared_ptr<memory_file_system> disk;
  std::unique_ptr<shard_store> store;
  row_model model;

 private:
  std::uint64_t memtable_bytes_;
  std::uint64_t next_ = 0;
  // By the first sequence, in which order a log has them.
  std::map<std::uint64_t, numbered> log_;
};

}  // namespace logstream::test
