// SPDX-License-Identifier: MIT
// Minutes first, then the times of one minute.
#include "engine/store/eviction_cut.hpp"

#include <algorithm>

namespace logstream {

std::int64_t cut_minute(const minute_sums& minutes, std::uint64_t& count) {
  for (const auto& [minute, events] : minutes) {
    if (count < events)
      return minute;
    count -= events;
  }
  return minutes.empty() ? 0 : minutes.rbegin()->first + 1;
}

eviction_cut cut_times(const std::vector<std::shared_ptr<const std::vector<timestamp>>>& times,
                       std::uint64_t count) {
  eviction_cut cut;
  cut.ties.resize(times.size());
  std::vector<timestamp> all;
  for (const auto& each : times) all.insert(all.end(), each->begin(), each->end());
  if (all.empty())
    return cut;
  const auto nth = all.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(count, all.size() - 1));
  std::nth_element(all.begin(), nth, all.end());
  cut.time = *nth;
  std::uint64_t left = count - static_cast<std::uint64_t>(std::count_if(
                                   all.begin(), nth, [&](timestamp time) { return time < cut.time; }));
  for (std::size_t i = 0; i < times.size(); ++i) {
    const auto here = static_cast<std::uint64_t>(std::count(times[i]->begin(), times[i]->end(), cut.time));
    cut.ties[i] = std::min(left, here);
    left -= cut.ties[i];
  }
  return cut;
}

}  // namespace logstream
