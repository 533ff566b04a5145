// SPDX-License-Identifier: MIT
// Counts events in a window that slides over the events' own times, whatever the order in which they arrive.
#pragma once

#include "engine/base/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace logstream {

/// A window that ends at `end` holds the events in (end - length, end]. Windows that end more than `lateness`
/// before the newest event seen so far are over: what could only count there is late. Counts are exact until
/// coarsen() is called.
class sliding_window {
 public:
  sliding_window(std::int64_t length, std::int64_t lateness) : length_(length), lateness_(lateness) {}

  /// The fullest of the windows that add() changed, of those that end at an event and are not over.
  struct peak {
    std::uint64_t count = 0;
    /// The first event in it, and its end.
    timestamp first = 0;
    timestamp last = 0;
  };
  struct added {
    peak fullest;
    std::uint64_t late = 0;
  };
  /// Counts events. REQUIRES: `times` ascend.
  added add(std::span<const timestamp> times);

  /// How many events the window that ends at `end` holds.
  std::uint64_t count_at(timestamp end) const;
  /// Forgets what no window that ends after `end - lateness` can hold.
  void forget(timestamp end);

  bool empty() const { return first_ == slots_.size(); }
  /// REQUIRES: something was added.
  timestamp newest() const { return newest_; }
  /// Distinct times held: what memory is proportional to.
  std::size_t slots() const { return slots_.size() - first_; }

  /// From now on times are rounded down, so that a few thousand slots hold any number of events. Windows then
  /// begin and end at multiples of the resolution: an event may count up to that much too long or too short.
  void coarsen();
  bool coarse() const { return resolution_ > 1; }
  std::int64_t resolution() const { return resolution_; }

 private:
  /// An event time and how many events were ever counted up to it.
  struct slot {
    timestamp time;
    std::uint64_t total;
  };

  timestamp rounded(timestamp time) const;
  void append(std::span<const timestamp> times);
  void merge(std::span<const timestamp> times);
  /// Looks at windows that end at `open_end` or later.
  peak fullest_with(std::span<const timestamp> times, timestamp open_end) const;
  /// The first slot after `time`.
  std::size_t after(timestamp time) const;
  std::uint64_t total_before(std::size_t index) const {
    return index == first_ ? forgotten_ : slots_[index - 1].total;
  }

  std::int64_t length_;
  std::int64_t lateness_;
  std::int64_t resolution_ = 1;
  std::vector<slot> slots_;
  /// Slots before this are forgotten and await removal.
  std::size_t first_ = 0;
  std::uint64_t forgotten_ = 0;
  timestamp newest_ = 0;
  bool any_ = false;
};

}  // namespace logstream
