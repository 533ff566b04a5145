// SPDX-License-Identifier: MIT
// A store of blocks whose readers have no threads of their own.
#pragma once

#include "actors/block_store.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/test_system.hpp"

#include <cstdint>
#include <memory>
#include <vector>

namespace logstream::test {

/// REQUIRES: no reader dies after it is gone.
struct played_blocks {
  explicit played_blocks(test_system& in, std::uint32_t readers = 1) {
    block_store_settings settings;
    settings.readers = readers;
    settings.make_reader = [this](caf::actor_system& actors, const caf::actor_addr& owner) {
      return made.emplace_back(spawn_dummy(actors, log, owner));
    };
    actor = in.keep(spawn_block_store(in.actors(), settings));
  }

  std::shared_ptr<block_reader_log> log = std::make_shared<block_reader_log>();
  /// All readers there ever were.
  std::vector<block_reader_actor> made;
  block_store_actor actor;
};

}  // namespace logstream::test
