// SPDX-License-Identifier: MIT
// When a webhook that fails is tried again.
#pragma once

#include "messages/alerts.hpp"

#include <chrono>
#include <cstdint>
#include <random>

namespace logstream {

/// What an outcome means for a delivery.
enum class verdict : std::uint8_t {
  delivered,
  /// It may go better later: no answer, 408, 425, 429, any 5xx.
  retry,
  /// This delivery is refused for good.
  refused,
  /// 410: the receiver wants nothing any more.
  gone,
};

verdict judge(const http_outcome& outcome);

struct retry_limits {
  /// The pause after the first failure; it doubles with each further one, up to the longest.
  std::chrono::milliseconds first_pause{500};
  std::chrono::milliseconds longest_pause{60'000};
  /// A Retry-After beyond this is cut to it.
  std::chrono::milliseconds longest_retry_after{600'000};
};

/// Exponential back-off with jitter: each pause is drawn from the upper half of what is due, so that
/// receivers shared by many senders are not hit by all at once.
class retry_schedule {
 public:
  retry_schedule(retry_limits limits, std::uint64_t seed) : limits_(limits), random_(seed) {}

  /// The pause after a further failure in a row, and never less than the receiver asked for.
  std::chrono::milliseconds next(const http_outcome& failure);
  void succeeded() { failures_ = 0; }
  std::uint32_t failures() const { return failures_; }

 private:
  retry_limits limits_;
  std::uint32_t failures_ = 0;
  std::mt19937_64 random_;
};

}  // namespace logstream
