// SPDX-License-Identifier: MIT
// The way to the rows of segments.
#pragma once

#include "actors/block_reader.hpp"
#include "messages/interfaces.hpp"

#include <caf/actor_addr.hpp>
#include <caf/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>

namespace logstream {

struct block_store_settings {
  /// Bytes of decoded blocks that are kept.
  std::size_t cache_bytes = 64 << 20;
  /// Threads that read.
  std::uint32_t readers = 2;
  /// Makes one of them.
  std::function<block_reader_actor(caf::actor_system&, const caf::actor_addr& owner)> make_reader =
      spawn_block_reader;
};

/// Answers from its cache or has one of its readers read, in turn. A block that several want is read once. A
/// reader that dies is replaced; what it was to read is answered with an error. All end when it ends, however
/// that comes about.
block_store_actor spawn_block_store(caf::actor_system& system, const block_store_settings& settings);

}  // namespace logstream
