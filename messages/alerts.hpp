// SPDX-License-Identifier: MIT
// What travels between workers, rules, the alert manager, notifiers and the sender of HTTP requests.
#pragma once

#include "engine/alert/alert.hpp"
#include "engine/alert/matches.hpp"
#include "engine/alert/rule.hpp"
#include "engine/alert/rule_set.hpp"
#include "engine/alert/webhook.hpp"
#include "engine/base/clock.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

/// The rules and webhooks of the configuration file.
struct alert_configuration {
  std::vector<rule_ptr> rules;
  std::vector<webhook_ptr> webhooks;
};
using alert_configuration_ptr = std::shared_ptr<const alert_configuration>;

struct alert_routes;
using alert_routes_ptr = std::shared_ptr<const alert_routes>;

/// What a rule's actor saw since it was started.
struct rule_status {
  std::string rule;
  std::uint64_t matches = 0;
  /// Ignored: older than the newest event by more than the window and the lateness allowed.
  std::uint64_t late = 0;
  /// Counted at the moment they arrived: dated too far ahead of our clock.
  std::uint64_t ahead = 0;
  std::uint64_t groups = 0;
  /// Groups forgotten because there were too many.
  std::uint64_t evicted_groups = 0;
  /// Groups that hold so many events that their times are rounded.
  std::uint64_t coarse_groups = 0;

  bool operator==(const rule_status&) const = default;
};
using rule_status_ptr = std::shared_ptr<const rule_status>;

/// One POST to make.
struct http_request {
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::chrono::milliseconds connect_timeout{3'000};
  /// For the whole of it.
  std::chrono::milliseconds timeout{10'000};
};
using http_request_ptr = std::shared_ptr<const http_request>;

/// What became of a request.
struct http_outcome {
  /// 0 if no answer came: then `failure` tells why.
  std::uint32_t status = 0;
  std::string failure;
  std::optional<std::chrono::seconds> retry_after;
  std::chrono::microseconds duration{0};
};
using http_outcome_ptr = std::shared_ptr<const http_outcome>;

/// One entry of a webhook's delivery log.
struct delivery_record {
  timestamp time = 0;
  /// `firing`, `resolved` or `test`.
  std::string event;
  std::string rule;
  std::uint32_t attempts = 0;
  std::uint32_t status = 0;
  /// From the moment it was queued to the last answer.
  std::chrono::microseconds latency{0};
  /// Empty if it was delivered.
  std::string failure;
};
using delivery_record_ptr = std::shared_ptr<const delivery_record>;

enum class webhook_state : std::uint8_t { ok, failing, disabled };

/// How a webhook does.
struct webhook_status {
  webhook_state state = webhook_state::ok;
  std::uint64_t queued = 0;
  std::uint64_t delivered = 0;
  /// Given up after all attempts, or refused by the receiver for good.
  std::uint64_t failed = 0;
  /// Pushed out of a full queue.
  std::uint64_t dropped = 0;
  /// The newest, oldest first.
  std::deque<delivery_record_ptr> deliveries;
};
using webhook_status_ptr = std::shared_ptr<const webhook_status>;

}  // namespace logstream
