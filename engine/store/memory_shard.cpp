// SPDX-License-Identifier: MIT
// Two lists of parts, the finished and the small ones, and sums kept beside them.
#include "engine/store/memory_shard.hpp"

#include "engine/query/row_match.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <bit>

namespace logstream {

namespace {

// Batches of one tier differ by less than a factor of eight.
int tier_of(std::uint64_t rows) {
  return (std::bit_width(rows) - 1) / 3;
}

std::string minute_name(std::int64_t minute) {
  return format_rfc3339(start_of_minute(minute));
}

}  // namespace

template <class F>
void memory_shard::for_each_entry(F&& f) const {
  for (const entry& each : large_) f(each);
  for (const entry& each : small_) f(each);
}

void memory_shard::append(batch_ptr rows) {
  next_sequence_ = std::max(next_sequence_, rows->first_sequence() + rows->rows());
  figures_.events += rows->rows();
  for (const stream_run& run : rows->runs())
    figures_.by_level[static_cast<std::size_t>(run.severity)] += run.rows();
  for (const minute_count& each : rows->minutes()) minutes_[each.minute] += each.count;
  add({std::move(rows), {}}, small_.size());
}

void memory_shard::add(part kept, std::size_t at_small) {
  entry made{std::move(kept), {}, 0};
  for (const stream_run& run : made.kept.rows->runs()) {
    made.levels.insert(run.severity);
    made.rows += run.end - made.kept.first_row(run);
  }
  account(made);
  if (made.kept.rows->rows() >= large_rows)
    large_.push_back(std::move(made));
  else
    small_.insert(small_.begin() + static_cast<std::ptrdiff_t>(at_small), std::move(made));
}

void memory_shard::account(const entry& each) {
  figures_.bytes += each.kept.rows->bytes();
  figures_.live_bytes += each.live_bytes();
  ++figures_.batches;
}

void memory_shard::discount(const entry& each) {
  figures_.bytes -= each.kept.rows->bytes();
  figures_.live_bytes -= each.live_bytes();
  --figures_.batches;
}

std::vector<part> memory_shard::candidates(const row_filter& filter) const {
  std::vector<part> found;
  for_each_entry([&](const entry& each) {
    const batch& rows = *each.kept.rows;
    if (rows.max_time() >= filter.from && filter.before_end(rows.min_time()) &&
        each.levels.intersects(filter.levels))
      found.push_back(each.kept);
  });
  return found;
}

group_counts memory_shard::count(const row_filter& filter, count_by by) const {
  std::map<std::string, std::uint64_t, std::less<>> groups;
  std::map<std::int64_t, std::uint64_t> minutes;
  for_each_entry([&](const entry& each) {
    const batch& rows = *each.kept.rows;
    for (const stream_run& run : rows.runs()) {
      if (!matches_stream(filter, run))
        continue;
      const row_range range = rows_in_time(each.kept, run, filter);
      if (range.empty())
        continue;
      if (by == count_by::minute) {
        count_minutes(rows, range, minutes);
        continue;
      }
      const std::string_view name = by == count_by::level ? to_string(run.severity) : run.service;
      if (const auto known = groups.find(name); known != groups.end())
        known->second += range.size();
      else
        groups.emplace(name, range.size());
    }
  });
  group_counts counts{groups.begin(), groups.end()};
  for (const auto& [minute, rows] : minutes) counts.emplace(minute_name(minute), rows);
  return counts;
}

std::vector<timestamp> memory_shard::times_in(std::int64_t minute) const {
  row_filter filter;
  filter.from = start_of_minute(minute);
  filter.to = start_of_minute(minute + 1);
  std::vector<timestamp> times;
  for_each_entry([&](const entry& each) {
    const batch& rows = *each.kept.rows;
    if (rows.max_time() < filter.from || !filter.before_end(rows.min_time()))
      return;
    for (const stream_run& run : rows.runs()) {
      const row_range range = rows_in_time(each.kept, run, filter);
      times.insert(times.end(), rows.times().begin() + range.begin, rows.times().begin() + range.end);
    }
  });
  return times;
}

std::uint64_t memory_shard::evict(timestamp time, std::uint64_t ties) {
  const row_floor floor = floor_for(time, ties);
  evicted_meanwhile_ = std::max(evicted_meanwhile_, floor);
  const std::uint64_t gone = evict_from(large_, floor) + evict_from(small_, floor);
  figures_.events -= gone;
  return gone;
}

row_floor memory_shard::floor_for(timestamp time, std::uint64_t ties) const {
  if (ties == 0)
    return {time, 0};
  std::vector<std::uint64_t> sequences;
  for_each_entry([&](const entry& each) {
    const batch& rows = *each.kept.rows;
    if (rows.max_time() < time || rows.min_time() > time)
      return;
    for (const stream_run& run : rows.runs()) {
      const auto begin = rows.times().begin() + each.kept.first_row(run);
      const auto end = rows.times().begin() + run.end;
      const auto [low, high] = std::equal_range(begin, end, time);
      for (auto at = low; at != high; ++at)
        sequences.push_back(rows.id(static_cast<std::uint32_t>(at - rows.times().begin())).sequence);
    }
  });
  if (ties >= sequences.size())
    return {time, next_sequence_};
  const auto cut = sequences.begin() + static_cast<std::ptrdiff_t>(ties);
  std::nth_element(sequences.begin(), cut, sequences.end());
  return {time, *cut};
}

std::uint64_t memory_shard::evict_from(std::vector<entry>& entries, row_floor floor) {
  std::uint64_t gone = 0;
  for (entry& each : entries)
    if (each.kept.rows->min_time() <= floor.time && each.kept.floor < floor)
      gone += raise_floor(each, floor);
  std::erase_if(entries, [&](const entry& each) {
    if (each.rows != 0)
      return false;
    discount(each);
    return true;
  });
  return gone;
}

std::uint64_t memory_shard::raise_floor(entry& each, row_floor floor) {
  const part before = each.kept;
  each.kept.floor = floor;
  std::uint64_t gone = 0;
  for (const stream_run& run : each.kept.rows->runs()) {
    const std::uint32_t from = before.first_row(run);
    const std::uint32_t to = each.kept.first_row(run);
    gone += to - from;
    subtract(each, run, from, to);
  }
  figures_.live_bytes -= each.live_bytes();
  each.rows -= gone;
  figures_.live_bytes += each.live_bytes();
  return gone;
}

void memory_shard::subtract(const entry& each, const stream_run& run, std::uint32_t from, std::uint32_t to) {
  figures_.by_level[static_cast<std::size_t>(run.severity)] -= to - from;
  std::map<std::int64_t, std::uint64_t> gone;
  count_minutes(*each.kept.rows, {from, to}, gone);
  for (const auto& [minute, rows] : gone) {
    const auto known = minutes_.find(minute);
    known->second -= rows;
    if (known->second == 0)
      minutes_.erase(known);
  }
}

std::shared_ptr<merge_order> memory_shard::next_merge() {
  if (!merging_.expired())
    return nullptr;
  // A large part of which most rows were evicted gives their memory back.
  for (std::size_t i = 0; i < large_.size(); ++i)
    if (large_[i].rows * 2 < large_[i].kept.rows->rows())
      return order(large_, i, 1);
  for (int tier = 0; tier <= tier_of(large_rows); ++tier) {
    std::size_t first = 0;
    std::uint64_t rows = 0;
    std::size_t bytes = 0;
    for (std::size_t i = 0; i <= small_.size(); ++i) {
      const std::size_t size = i - first;
      const bool fits = i < small_.size() && tier_of(small_[i].kept.rows->rows()) <= tier &&
                        size < most_merged_parts && rows + small_[i].rows <= most_merged_rows &&
                        bytes + small_[i].kept.rows->bytes() <= most_merged_bytes;
      if (fits) {
        rows += small_[i].rows;
        bytes += small_[i].kept.rows->bytes();
        continue;
      }
      if (size >= fan_in)
        return order(small_, first, size);
      first = i + 1;
      rows = 0;
      bytes = 0;
    }
  }
  return nullptr;
}

std::shared_ptr<merge_order> memory_shard::order(std::vector<entry>& entries, std::size_t first,
                                                 std::size_t size) {
  auto made = std::make_shared<merge_order>();
  for (std::size_t i = first; i < first + size; ++i) made->parts.push_back(entries[i].kept);
  merging_ = made;
  evicted_meanwhile_ = {};
  return made;
}

void memory_shard::apply(const merge_order& done) {
  if (merging_.lock().get() != &done)
    return;
  merging_.reset();
  ++figures_.merges;
  // The parts of an order are neighbours in one list; some may have been evicted whole since.
  const auto ordered = [&](const entry& each) {
    return std::any_of(done.parts.begin(), done.parts.end(),
                       [&](const part& one) { return one.rows == each.kept.rows; });
  };
  std::size_t at = small_.size();
  std::uint64_t left = 0;
  for (auto* list : {&large_, &small_})
    for (std::size_t i = list->size(); i-- > 0;) {
      entry& each = (*list)[i];
      if (!ordered(each))
        continue;
      left += each.rows;
      discount(each);
      if (list == &small_)
        at = i;
      list->erase(list->begin() + static_cast<std::ptrdiff_t>(i));
    }
  if (done.merged && left != 0)
    add({done.merged, evicted_meanwhile_}, std::min(at, small_.size()));
}

shard_figures memory_shard::figures() const {
  return figures_;
}

}  // namespace logstream
