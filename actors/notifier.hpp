// SPDX-License-Identifier: MIT
// The actor of one webhook: queues alerts for it, has them posted one after the other, and tries again what
// failed.
#pragma once

#include "actors/retry_schedule.hpp"
#include "engine/base/clock.hpp"
#include "messages/interfaces.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>

namespace logstream {

struct delivery_limits {
  /// Deliveries that wait; the oldest is dropped for a new one.
  std::size_t queue = 1'000;
  /// Deliveries shown in the log.
  std::size_t log = 50;
  retry_limits retry;
};

struct notifier_settings {
  webhook_ptr hook;
  std::shared_ptr<const clock> now;
  delivery_limits limits;
  /// Hears how the webhook does; the actor ends when it ends.
  alert_manager_actor manager;
  http_sender_actor sender;
  /// Seed of the jitter.
  std::uint64_t seed = 0;
  /// The status to go on from after a restart; may be null.
  webhook_status_ptr before;
};

/// One delivery is under way at a time, so that a receiver sees an alert resolve after it fired, however
/// often a delivery is tried. A receiver that answers 410 gets nothing any more.
notifier_actor spawn_notifier(caf::actor_system& system, notifier_settings settings);

}  // namespace logstream
