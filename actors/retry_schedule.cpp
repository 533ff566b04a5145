// SPDX-License-Identifier: MIT
// Doubling pauses.
#include "actors/retry_schedule.hpp"

#include <algorithm>

namespace logstream {

verdict judge(const http_outcome& outcome) {
  const std::uint32_t status = outcome.status;
  if (status >= 200 && status < 300)
    return verdict::delivered;
  if (status == 410)
    return verdict::gone;
  if (status == 0 || status == 408 || status == 425 || status == 429 || status >= 500)
    return verdict::retry;
  return verdict::refused;
}

std::chrono::milliseconds retry_schedule::next(const http_outcome& failure) {
  std::chrono::milliseconds due = limits_.first_pause;
  for (std::uint32_t i = 0; i < failures_ && due < limits_.longest_pause; ++i) due *= 2;
  due = std::min(due, limits_.longest_pause);
  ++failures_;
  std::uniform_int_distribution<std::chrono::milliseconds::rep> upper_half{(due.count() + 1) / 2,
                                                                           due.count()};
  const std::chrono::milliseconds drawn{upper_half(random_)};
  if (!failure.retry_after)
    return drawn;
  return std::max(drawn,
                  std::min<std::chrono::milliseconds>(*failure.retry_after, limits_.longest_retry_after));
}

}  // namespace logstream
