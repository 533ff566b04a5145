// SPDX-License-Identifier: MIT
// A store on a disk in memory with something in every kind of file, to be harmed.
#pragma once

#include "engine/store/store_folder.hpp"
#include "tests/engine/store/support/store_run.hpp"
#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace logstream::test {

using rows_by_id = std::map<event_id, event>;

/// Two shards with two segments and six rows in the log each.
class full_store {
 public:
  /// In each shard.
  static constexpr std::uint64_t sealed_rows = 12;

  full_store() {
    auto opened = open_store(disk, store_settings());
    REQUIRE(opened);
    for (int round = 0; round < 3; ++round) {
      for (int i = 0; i < 12; ++i) commit(*opened);
      if (round < 2)
        for (std::uint32_t shard = 0; shard < 2; ++shard) seal(*opened, shard);
    }
  }

  std::shared_ptr<memory_file_system> disk = std::make_shared<memory_file_system>();
  rows_by_id rows;
  /// Rows of each segment, by its path.
  std::map<std::string, std::uint64_t> in_segment;

 private:
  void commit(opened_store& store) {
    const std::uint32_t shard = made_ % 2;
    auto rows_of_it = make_batch(std::vector{make_event(made_, std::to_string(made_))});
    ++made_;
    const wal_payload payload = make_wal_payload(*rows_of_it);
    const std::vector<commit_log::entry> entries{{shard, rows_of_it, &payload}};
    const auto ranges = store.log->number(entries);
    REQUIRE(store.log->write(entries));
    REQUIRE(store.log->sync());
    rows.emplace(rows_of_it->id(0), event_at(*rows_of_it, 0));
    store.shards[shard]->append(ranges[shard].begin, ranges[shard].end, {rows_of_it});
  }

  void seal(opened_store& store, std::uint32_t shard) {
    const auto order = store.shards[shard]->seal(true);
    REQUIRE(order);
    carry_out(disk, *order);
    REQUIRE(order->sealed);
    in_segment[order->sealed->path()] = order->sealed->info().rows;
    store.shards[shard]->finish(*order);
    REQUIRE(store.log->sealed(shard, store.shards[shard]->sealed_through()));
  }

  int made_ = 0;
};

/// `bytes` with a wrong one at that place.
inline std::string flipped(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 0x41);
  return bytes;
}

}  // namespace logstream::test
