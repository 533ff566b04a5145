// SPDX-License-Identifier: MIT
// Slots carry running totals, so that a window's count is one subtraction.
#include "engine/alert/sliding_window.hpp"

#include <algorithm>

namespace logstream {

namespace {

// What a coarse window aims at: this many slots in all, but no fewer than some for the window itself.
constexpr std::int64_t coarse_slots = 2048;
constexpr std::int64_t fewest_window_slots = 32;

}  // namespace

sliding_window::added sliding_window::add(std::span<const timestamp> times) {
  added done;
  if (any_) {
    const auto in_time = std::upper_bound(times.begin(), times.end(), newest_ - lateness_ - length_);
    done.late = static_cast<std::uint64_t>(in_time - times.begin());
    times = {in_time, times.end()};
  }
  if (times.empty())
    return done;
  const timestamp open_end = any_ ? newest_ - lateness_ : times.front();
  newest_ = any_ ? std::max(newest_, times.back()) : times.back();
  any_ = true;
  if (empty() || rounded(times.front()) >= slots_.back().time)
    append(times);
  else
    merge(times);
  done.fullest = fullest_with(times, open_end);
  forget(newest_);
  return done;
}

std::uint64_t sliding_window::count_at(timestamp end) const {
  if (empty())
    return 0;
  end = rounded(end);
  return total_before(after(end)) - total_before(after(end - length_));
}

void sliding_window::forget(timestamp end) {
  const std::size_t keep = after(rounded(end) - lateness_ - length_);
  forgotten_ = total_before(keep);
  first_ = keep;
  if (first_ < slots_.size() - first_)
    return;
  slots_.erase(slots_.begin(), slots_.begin() + static_cast<std::ptrdiff_t>(first_));
  first_ = 0;
  if (slots_.empty())
    slots_.shrink_to_fit();
}

void sliding_window::coarsen() {
  if (coarse())
    return;
  const std::int64_t wanted = std::max(fewest_window_slots, coarse_slots * length_ / (length_ + lateness_));
  resolution_ = std::max<std::int64_t>(2, (length_ + wanted - 1) / wanted);
  length_ = (length_ + resolution_ - 1) / resolution_ * resolution_;
  std::vector<slot> fewer;
  for (std::size_t i = first_; i < slots_.size(); ++i) {
    const timestamp time = rounded(slots_[i].time);
    if (fewer.empty() || fewer.back().time != time)
      fewer.push_back({time, 0});
    fewer.back().total = slots_[i].total;
  }
  slots_ = std::move(fewer);
  first_ = 0;
}

timestamp sliding_window::rounded(timestamp time) const {
  const std::int64_t beyond = time % resolution_;
  return time - (beyond < 0 ? beyond + resolution_ : beyond);
}

void sliding_window::append(std::span<const timestamp> times) {
  std::uint64_t total = total_before(slots_.size());
  for (const timestamp each : times) {
    const timestamp time = rounded(each);
    ++total;
    if (empty() || slots_.back().time != time)
      slots_.push_back({time, total});
    else
      slots_.back().total = total;
  }
}

void sliding_window::merge(std::span<const timestamp> times) {
  const std::size_t from = after(rounded(times.front()) - 1);
  const std::vector<slot> tail(slots_.begin() + static_cast<std::ptrdiff_t>(from), slots_.end());
  std::uint64_t before = total_before(from);
  slots_.resize(from);
  auto next = times.begin();
  for (const slot& each : tail) {
    const auto older =
        std::find_if(next, times.end(), [&](timestamp time) { return rounded(time) > each.time; });
    append({next, older});
    next = older;
    const std::uint64_t count = each.total - before;
    before = each.total;
    const std::uint64_t total = total_before(slots_.size()) + count;
    if (slots_.size() > first_ && slots_.back().time == each.time)
      slots_.back().total = total;
    else
      slots_.push_back({each.time, total});
  }
  append({next, times.end()});
}

sliding_window::peak sliding_window::fullest_with(std::span<const timestamp> times,
                                                  timestamp open_end) const {
  peak fullest;
  const timestamp oldest_end = rounded(std::max(times.front(), open_end));
  const timestamp newest_end = rounded(times.back()) + length_ - 1;
  std::size_t end = after(oldest_end - 1);
  if (end == slots_.size())
    return fullest;
  std::size_t begin = after(slots_[end].time - length_);
  auto added = times.begin();
  for (; end < slots_.size() && slots_[end].time <= newest_end; ++end) {
    const timestamp start = slots_[end].time - length_;
    while (slots_[begin].time <= start) ++begin;
    // The first added event that this window does not lie behind; windows without an added one did not
    // change.
    while (rounded(*added) <= start) ++added;
    if (rounded(*added) > slots_[end].time)
      continue;
    const std::uint64_t count = slots_[end].total - total_before(begin);
    if (count > fullest.count)
      fullest = {count, slots_[begin].time, slots_[end].time};
  }
  return fullest;
}

std::size_t sliding_window::after(timestamp time) const {
  const auto found =
      std::upper_bound(slots_.begin() + static_cast<std::ptrdiff_t>(first_), slots_.end(), time,
                       [](timestamp wanted, const slot& each) { return wanted < each.time; });
  return static_cast<std::size_t>(found - slots_.begin());
}

}  // namespace logstream
