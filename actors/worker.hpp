// SPDX-License-Identifier: MIT
// Turns bodies into batches, tells the rules what matches, and hands the batches on to be stored.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/wire/json_object.hpp"
#include "messages/interfaces.hpp"

#include <caf/fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logstream {

struct worker_settings {
  std::uint32_t shards = 1;
  /// Whether what it reads is written to a log.
  bool log = false;
  json_limits limits;
  std::size_t unpacked_bytes = 128 * 1024 * 1024;
  std::shared_ptr<const clock> time;
};

worker_actor spawn_worker(caf::actor_system& system, const worker_settings& settings);

}  // namespace logstream
