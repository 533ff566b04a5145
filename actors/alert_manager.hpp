// SPDX-License-Identifier: MIT
// The alert manager: owns the rules and webhooks, starts their actors and keeps them alive.
#pragma once

#include "actors/alert_rule.hpp"
#include "actors/http_sender.hpp"
#include "actors/notifier.hpp"
#include "engine/alert/evaluation.hpp"
#include "engine/base/clock.hpp"
#include "messages/interfaces.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

namespace logstream {

struct alert_manager_settings {
  std::shared_ptr<const clock> now = std::make_shared<system_clock>();
  evaluation_limits limits;
  /// How often a rule that has events in its windows looks whether they drained.
  std::chrono::milliseconds tick{1'000};
  /// Resolved alerts that GET /alerts still shows.
  std::size_t recent_alerts = 1'000;
  std::size_t max_rules = 1'000;
  std::size_t max_webhooks = 100;
  /// What dies within this time of its start is started again only after it.
  std::chrono::milliseconds restart_pause{1'000};
  delivery_limits delivery;
  /// Seed of the jitter between attempts.
  std::uint64_t seed = 0;
  /// Makes the actor that posts to webhooks, once there are any.
  std::function<http_sender_actor(caf::actor_system&, const caf::actor_addr& owner)> make_sender =
      spawn_http_sender;
};

/// Starts without rules and webhooks; atom::reload brings those of the configuration. The actors it starts
/// end when it ends, however that comes about.
///
/// Rules and webhooks have an origin, `configuration` or `api`: what the API made or replaced stays as it is
/// on reload, also when the configuration has something of the same name; what the API erased comes back if
/// the configuration still has it. A rule that is replaced by one that counts the same events keeps its
/// windows; otherwise, and when it is erased or disabled, its alerts resolve.
///
/// Answers: list {"count", "rules": [rule]}, where a rule is what parse_rule reads and `origin`, `state`
/// (`ok`, `firing`, `disabled`), `firing`, `fired`, `last_fired`, `matches`, `late`, `ahead`, `groups`,
/// `evicted_groups`, `coarse_groups`; get, add, put and erase one rule; alerts {"count", "firing": n,
/// "current": [alert], "recent": [alert]}, newest first; webhook list {"count", "webhooks": [webhook]}, where
/// a webhook is to_public_json() and `origin`, `state` (`ok`, `failing`, `disabled`), `queued`, `delivered`,
/// `failed`, `dropped`, `deliveries` (newest first: time, event, rule, status, attempts, latency_ms, error);
/// webhook add and erase one webhook; webhook test
/// {"delivered", "status", "latency_ms", "error"}.
alert_manager_actor spawn_alert_manager(caf::actor_system& system, alert_manager_settings settings);

}  // namespace logstream
