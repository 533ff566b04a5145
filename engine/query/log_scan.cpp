// SPDX-License-Identifier: MIT
// A heap of cursors, the one with the next row on top.
#include "engine/query/log_scan.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace logstream {

namespace {

constexpr event_id id_before(timestamp time) {
  return {time, {0, 0}, 0};
}
constexpr event_id id_behind(timestamp time) {
  return {time, {0xff, 0xff}, std::numeric_limits<std::uint64_t>::max()};
}

}  // namespace

log_scan::log_scan(const log_query& query, std::vector<part> parts)
    : query_(query),
      matches_(query.filter),
      parts_(std::move(parts)),
      newest_first_(query.order == time_order::newest_first) {
  heap_.reserve(parts_.size());
  for (std::uint32_t i = 0; i < parts_.size(); ++i) {
    const batch& rows = *parts_[i].rows;
    cursor unopened;
    unopened.part = i;
    unopened.at = newest_first_ ? id_behind(rows.max_time()) : id_before(rows.min_time());
    const bool passed = query_.after && (newest_first_ ? rows.min_time() > query_.after->time
                                                       : rows.max_time() < query_.after->time);
    if (!passed)
      heap_.push_back(unopened);
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
}

bool log_scan::later(const cursor& a, const cursor& b) const {
  return newest_first_ ? a.at < b.at : b.at < a.at;
}

void log_scan::push(cursor made) {
  heap_.push_back(made);
  std::push_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
}

log_scan::state log_scan::advance(std::uint64_t& budget) {
  while (!heap_.empty() && count_ < query_.limit) {
    std::pop_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
    cursor top = heap_.back();
    heap_.pop_back();
    if (!top.opened) {
      open(top);
      continue;
    }
    const batch& rows = *parts_[top.part].rows;
    // A run is followed as long as no other cursor comes first, and while its rows do not match.
    for (;;) {
      if (budget == 0) {
        push(top);
        return state::more;
      }
      --budget;
      const std::uint32_t row = top.row;
      const bool left = step(top);
      if (matches_.trivial() || matches_(rows, row)) {
        found_ = {top.part, row};
        ++count_;
        if (left)
          push(top);
        return state::row;
      }
      if (!left)
        break;
      if (!heap_.empty() && later(top, heap_.front())) {
        push(top);
        break;
      }
    }
  }
  return state::end;
}

bool log_scan::step(cursor& run) {
  if (run.row == run.last)
    return false;
  run.row += newest_first_ ? -1u : 1u;
  run.at = parts_[run.part].rows->id(run.row);
  return true;
}

void log_scan::open(const cursor& unopened) {
  for (const stream_run& run : parts_[unopened.part].rows->runs())
    if (matches_stream(query_.filter, run))
      open_run(unopened.part, run);
}

void log_scan::open_run(std::uint32_t index, const stream_run& run) {
  const part& of = parts_[index];
  const row_range range = after_cursor(of, rows_in_time(of, run, query_.filter));
  if (range.empty())
    return;
  cursor made;
  made.part = index;
  made.row = newest_first_ ? range.end - 1 : range.begin;
  made.last = newest_first_ ? range.begin : range.end - 1;
  made.at = of.rows->id(made.row);
  made.opened = true;
  push(made);
}

row_range log_scan::after_cursor(const part& of, row_range range) const {
  if (!query_.after || range.empty())
    return range;
  const event_id& after = *query_.after;
  // Within a run rows are in the order of their ids.
  std::uint32_t low = range.begin;
  std::uint32_t high = range.end;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    const event_id id = of.rows->id(middle);
    if (newest_first_ ? id < after : id <= after)
      low = middle + 1;
    else
      high = middle;
  }
  if (newest_first_)
    range.end = low;
  else
    range.begin = low;
  return range;
}

}  // namespace logstream
