// SPDX-License-Identifier: MIT
// What one rule makes of its matches: windows for each group, and alerts that fire and resolve.
#pragma once

#include "engine/alert/alert.hpp"
#include "engine/alert/matches.hpp"
#include "engine/alert/rule.hpp"
#include "engine/alert/sliding_window.hpp"
#include "engine/base/clock.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace logstream {

struct evaluation_limits {
  /// An event may be older than the newest of its group by the window and this, and still count.
  std::int64_t lateness = nanoseconds_per_minute;
  /// An event dated further ahead of our clock than this counts at the moment it arrived.
  std::int64_t max_ahead = nanoseconds_per_minute;
  /// Groups that a rule keeps; the one unused for longest is forgotten for a new one.
  std::size_t groups = 1000;
  /// Times that one window, and all windows of a rule together, keep exactly; beyond, windows become coarse.
  std::size_t window_times = 65'536;
  std::size_t rule_times = 524'288;
};

/// What happened since the start.
struct evaluation_figures {
  std::uint64_t matches = 0;
  std::uint64_t late = 0;
  std::uint64_t ahead = 0;
  std::uint64_t evicted_groups = 0;
};

/// The state of one rule. A group fires when any window that ends at one of its events holds the threshold,
/// judged by the events' own times; it resolves when the window that ends now holds less, where now is the
/// time of its newest event plus what our clock has gone on since that came. Not for two threads at once.
class rule_evaluation {
 public:
  rule_evaluation(rule_ptr rule, evaluation_limits limits);

  /// Takes back an alert that fired before a restart: it goes on firing for at least a window from `now`.
  void restore(const alert_ptr& firing, timestamp now);
  /// Goes on with another threshold, cool-down or text. REQUIRES: rule->counts_as(the present one).
  void change(rule_ptr rule);

  /// Counts what was found and returns the alerts that fire by it.
  std::vector<alert_ptr> take(const rule_matches& found, timestamp now);
  /// Returns the alerts that fire or resolve by the passing of time, or that count more than when last
  /// returned, and forgets groups without events.
  std::vector<alert_ptr> advance(timestamp now);

  /// True if advance() has nothing to do until something is taken.
  bool idle() const { return groups_.empty(); }
  const alert_rule& rule() const { return *rule_; }
  const evaluation_figures& figures() const { return figures_; }
  std::size_t groups() const { return groups_.size(); }
  std::size_t coarse_groups() const;

 private:
  struct sample {
    /// When it counts, which is not always what it says of itself.
    timestamp counted;
    event what;
  };
  struct group {
    explicit group(std::int64_t window, std::int64_t lateness) : window(window, lateness) {}

    std::string key;
    std::vector<std::string> values;
    sliding_window window;
    /// The newest events that may become evidence, oldest first.
    std::vector<sample> samples;
    /// Our clock when the newest event came.
    timestamp newest_at = 0;
    /// Not before this time, by our clock, does a restored alert resolve.
    timestamp hold_until = 0;
    std::optional<timestamp> fired_at;
    /// The alert that fires now, as last told, and what it counts since.
    alert_ptr firing;
    std::uint64_t count = 0;
    timestamp last_time = 0;
  };
  using group_list = std::list<group>;

  group& find_group(const std::vector<std::string>& values);
  void forget_group(group_list::iterator which);
  sliding_window::peak count(group& in, const rule_matches& found, const group_matches& rows, timestamp now);
  void keep_samples(group& in, const rule_matches& found, const group_matches& rows, timestamp now) const;
  void bound(timestamp now, std::vector<alert_ptr>& told);
  bool may_fire(const group& of, timestamp now) const;
  alert_ptr fire(group& of, const sliding_window::peak& by, timestamp now) const;
  alert_ptr resolve(group& of, timestamp now) const;

  rule_ptr rule_;
  evaluation_limits limits_;
  evaluation_figures figures_;
  /// Most recently used first.
  group_list groups_;
  std::unordered_map<std::string_view, group_list::iterator> by_key_;
  /// Slots of all windows together.
  std::size_t times_ = 0;
  std::vector<timestamp> scratch_;
};

}  // namespace logstream
