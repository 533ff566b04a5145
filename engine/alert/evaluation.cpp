// SPDX-License-Identifier: MIT
// Windows, cool-downs and evidence, group by group.
#include "engine/alert/evaluation.hpp"

#include "engine/alert/evidence.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace logstream {

namespace {

std::string group_key(const std::vector<std::string>& values) {
  std::string key;
  for (const std::string& each : values) key.append(std::to_string(each.size())).append(1, ':').append(each);
  return key;
}

// No window begins before time does.
constexpr timestamp earliest = std::numeric_limits<timestamp>::min() + 30 * 24 * 60 * nanoseconds_per_minute;

// The time of a group's newest event, moved on by what our clock has gone on since that came.
template <class Group>
timestamp event_now(const Group& of, timestamp now) {
  return of.window.newest() + std::max<std::int64_t>(0, now - of.newest_at);
}

}  // namespace

rule_evaluation::rule_evaluation(rule_ptr rule, evaluation_limits limits)
    : rule_(std::move(rule)), limits_(limits) {}

void rule_evaluation::restore(const alert_ptr& firing, timestamp now) {
  std::vector<std::string> values;
  for (const auto& [name, value] : firing->group) values.push_back(value);
  group& of = find_group(values);
  of.firing = firing;
  of.fired_at = firing->fired_at;
  of.count = firing->count;
  of.last_time = firing->last_time;
  of.hold_until = now + rule_->window;
}

void rule_evaluation::change(rule_ptr rule) {
  rule_ = std::move(rule);
}

std::vector<alert_ptr> rule_evaluation::take(const rule_matches& found, timestamp now) {
  std::vector<alert_ptr> told;
  for (const group_matches& rows : found.groups) {
    group& of = find_group(rows.values);
    const sliding_window::peak fullest = count(of, found, rows, now);
    if (of.firing) {
      of.count = std::max(of.count, fullest.count);
      of.last_time = std::max(of.last_time, fullest.last);
    } else {
      keep_samples(of, found, rows, now);
      if (fullest.count >= rule_->threshold && may_fire(of, now))
        told.push_back(fire(of, fullest, now));
    }
    bound(now, told);
  }
  return told;
}

std::vector<alert_ptr> rule_evaluation::advance(timestamp now) {
  std::vector<alert_ptr> told;
  for (auto next = groups_.begin(); next != groups_.end();) {
    const auto each = next++;
    std::uint64_t count = 0;
    if (!each->window.empty()) {
      const timestamp end = event_now(*each, now);
      count = each->window.count_at(end);
      times_ -= each->window.slots();
      each->window.forget(end);
      times_ += each->window.slots();
    }
    if (each->firing && count < rule_->threshold && now >= each->hold_until) {
      told.push_back(resolve(*each, now));
    } else if (each->firing && each->count > each->firing->count) {
      alert more = *each->firing;
      more.count = each->count;
      more.last_time = each->last_time;
      told.push_back(each->firing = std::make_shared<const alert>(std::move(more)));
    } else if (!each->firing && count >= rule_->threshold && may_fire(*each, now)) {
      const timestamp end = each->window.newest();
      told.push_back(fire(*each, {count, end - rule_->window, end}, now));
    }
    if (!each->firing && each->window.empty() && may_fire(*each, now))
      forget_group(each);
  }
  return told;
}

std::size_t rule_evaluation::coarse_groups() const {
  return static_cast<std::size_t>(
      std::count_if(groups_.begin(), groups_.end(), [](const group& each) { return each.window.coarse(); }));
}

rule_evaluation::group& rule_evaluation::find_group(const std::vector<std::string>& values) {
  std::string key = group_key(values);
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    groups_.splice(groups_.begin(), groups_, found->second);
    return groups_.front();
  }
  group& made = groups_.emplace_front(rule_->window, limits_.lateness);
  made.key = std::move(key);
  made.values = values;
  by_key_.emplace(made.key, groups_.begin());
  return made;
}

void rule_evaluation::forget_group(group_list::iterator which) {
  times_ -= which->window.slots();
  by_key_.erase(which->key);
  groups_.erase(which);
}

sliding_window::peak rule_evaluation::count(group& in, const rule_matches& found, const group_matches& rows,
                                            timestamp now) {
  std::vector<timestamp>& times = scratch_;
  times.clear();
  bool ascending = true;
  for (const matched_rows& range : rows.rows) {
    const auto from = found.batches[range.in]->times().subspan(range.begin, range.end - range.begin);
    ascending = ascending && (times.empty() || times.back() <= from.front());
    times.insert(times.end(), from.begin(), from.end());
  }
  if (!ascending)
    std::sort(times.begin(), times.end());
  figures_.matches += times.size();
  std::fill(times.begin(), std::lower_bound(times.begin(), times.end(), earliest), earliest);
  const auto ahead = std::upper_bound(times.begin(), times.end(), now + limits_.max_ahead);
  figures_.ahead += static_cast<std::uint64_t>(times.end() - ahead);
  if (ahead != times.end()) {
    // Put among the others so that they still ascend.
    const auto at = std::upper_bound(times.begin(), ahead, now);
    std::fill(ahead, times.end(), now);
    std::rotate(at, ahead, times.end());
  }
  const bool had_none = in.window.empty();
  const timestamp newest = had_none ? 0 : in.window.newest();
  times_ -= in.window.slots();
  const sliding_window::added done = in.window.add(times);
  times_ += in.window.slots();
  figures_.late += done.late;
  if (had_none || in.window.newest() > newest)
    in.newest_at = now;
  return done.fullest;
}

void rule_evaluation::keep_samples(group& in, const rule_matches& found, const group_matches& rows,
                                   timestamp now) const {
  struct candidate {
    timestamp counted;
    const batch* from;
    std::uint32_t row;
  };
  std::vector<candidate> candidates;
  for (const matched_rows& range : rows.rows) {
    const batch& from = *found.batches[range.in];
    const std::uint32_t some = std::min<std::uint32_t>(range.end - range.begin, max_alert_events);
    for (std::uint32_t row = range.end - some; row < range.end; ++row) {
      const timestamp time = from.times()[row];
      candidates.push_back({time > now + limits_.max_ahead ? now : time, &from, row});
    }
  }
  const auto older = [](const auto& a, const auto& b) { return a.counted < b.counted; };
  if (candidates.size() > max_alert_events) {
    const auto newest = candidates.end() - max_alert_events;
    std::nth_element(candidates.begin(), newest, candidates.end(), older);
    candidates.erase(candidates.begin(), newest);
  }
  std::sort(candidates.begin(), candidates.end(), older);
  for (const candidate& each : candidates)
    in.samples.push_back({each.counted, evidence_of(*each.from, each.row)});
  std::stable_sort(in.samples.begin(), in.samples.end(), older);
  if (in.samples.size() > max_alert_events)
    in.samples.erase(in.samples.begin(), in.samples.end() - max_alert_events);
}

void rule_evaluation::bound(timestamp now, std::vector<alert_ptr>& told) {
  sliding_window& touched = groups_.front().window;
  if (touched.slots() > limits_.window_times || times_ > limits_.rule_times) {
    times_ -= touched.slots();
    touched.coarsen();
    times_ += touched.slots();
  }
  while (groups_.size() > 1 && (groups_.size() > limits_.groups || times_ > limits_.rule_times)) {
    if (groups_.back().firing)
      told.push_back(resolve(groups_.back(), now));
    forget_group(std::prev(groups_.end()));
    ++figures_.evicted_groups;
  }
}

bool rule_evaluation::may_fire(const group& of, timestamp now) const {
  return !of.fired_at || now - *of.fired_at >= rule_->cooldown;
}

alert_ptr rule_evaluation::fire(group& of, const sliding_window::peak& by, timestamp now) const {
  alert made;
  made.rule = rule_->name;
  made.severity = rule_->severity;
  made.description = rule_->description;
  for (std::size_t i = 0; i < of.values.size() && i < rule_->group_by.size(); ++i)
    made.group.emplace_back(rule_->group_by[i], of.values[i]);
  made.count = of.count = by.count;
  made.threshold = rule_->threshold;
  made.window = rule_->window;
  made.first_time = by.first;
  made.last_time = of.last_time = by.last;
  made.fired_at = now;
  of.fired_at = now;
  for (sample& each : of.samples)
    if (each.counted > by.last - rule_->window)
      made.events.push_back(std::move(each.what));
  of.samples.clear();
  made.fingerprint = alert_fingerprint(made.rule, made.group);
  return of.firing = std::make_shared<const alert>(std::move(made));
}

alert_ptr rule_evaluation::resolve(group& of, timestamp now) const {
  alert made = *of.firing;
  made.state = alert_state::resolved;
  made.count = std::max(made.count, of.count);
  made.last_time = std::max(made.last_time, of.last_time);
  made.resolved_at = now;
  of.firing.reset();
  return std::make_shared<const alert>(std::move(made));
}

}  // namespace logstream
