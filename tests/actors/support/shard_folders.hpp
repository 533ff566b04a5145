// SPDX-License-Identifier: MIT
// Shards with folders on a disk in memory, and segments in them, without any actor.
#pragma once

#include "engine/store/manifest_recovery.hpp"
#include "engine/store/shard_store.hpp"
#include "tests/engine/support/memory_file_system.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <utility>

namespace logstream::test {

using memory_disk_ptr = std::shared_ptr<memory_file_system>;

/// The shard in the folder of that index, which is made if it is not there.
inline std::shared_ptr<shard_store> open_shard(
    const memory_disk_ptr& disk, std::uint8_t index,
    std::uint64_t memtable_bytes = std::numeric_limits<std::uint64_t>::max()) {
  const std::string path = "shard-" + std::to_string(index);
  REQUIRE(disk->make_folder(path));
  auto found = recover_manifest(*disk, path);
  REQUIRE(found);
  return std::make_shared<shard_store>(shard_folder{path, {0, index}, memtable_bytes}, *std::move(found));
}

/// Has all rows in memory written into a segment.
inline void seal(const memory_disk_ptr& disk, shard_store& shard) {
  const auto order = shard.seal(true);
  REQUIRE(order);
  carry_out(disk, *order);
  REQUIRE_FALSE(order->failure);
  shard.finish(*order);
}

}  // namespace logstream::test
