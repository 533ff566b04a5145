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

log_scan::log_scan(const log_query& query, snapshot from)
    : query_(query),
      matches_(query.filter),
      parts_(std::move(from.parts)),
      first_block_(parts_.size()),
      blocks_(std::move(from.blocks)),
      reading_(blocks_.size(), reading::unread),
      newest_first_(query.order == time_order::newest_first) {
  heap_.reserve(parts_.size() + blocks_.size());
  for (std::uint32_t i = 0; i < first_block_; ++i)
    add(i, parts_[i].rows->min_time(), parts_[i].rows->max_time());
  parts_.resize(first_block_ + blocks_.size());
  for (std::uint32_t i = 0; i < blocks_.size(); ++i) {
    const auto& head = blocks_[i].head();
    add(static_cast<std::uint32_t>(first_block_) + i, head.min_time, head.max_time);
  }
  std::make_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
}

void log_scan::add(std::uint32_t part, timestamp min_time, timestamp max_time) {
  const bool passed =
      query_.after && (newest_first_ ? min_time > query_.after->time : max_time < query_.after->time);
  if (passed)
    return;
  cursor unopened;
  unopened.part = part;
  unopened.at = newest_first_ ? id_behind(max_time) : id_before(min_time);
  heap_.push_back(unopened);
}

bool log_scan::later(const cursor& a, const cursor& b) const {
  return newest_first_ ? a.at < b.at : b.at < a.at;
}

void log_scan::push(cursor made) {
  heap_.push_back(made);
  std::push_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
}

log_scan::state log_scan::advance(std::uint64_t& budget) {
  if (const auto ended = std::exchange(ended_, std::nullopt))
    forget(*ended);
  while (!heap_.empty() && count_ < query_.limit) {
    std::pop_heap(heap_.begin(), heap_.end(), [this](const auto& a, const auto& b) { return later(a, b); });
    cursor top = heap_.back();
    heap_.pop_back();
    if (!top.opened) {
      if (!readable(top)) {
        push(top);
        return state::unread;
      }
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
        else
          ended_ = top.part;
        return state::row;
      }
      if (!left) {
        forget(top.part);
        break;
      }
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

bool log_scan::readable(const cursor& unopened) const {
  return unopened.part < first_block_ || reading_[unopened.part - first_block_] == reading::done;
}

std::vector<log_scan::wanted_block> log_scan::unread(std::size_t most) {
  std::vector<cursor> next;
  for (const cursor& each : heap_)
    if (!each.opened && each.part >= first_block_ && reading_[each.part - first_block_] == reading::unread)
      next.push_back(each);
  const std::size_t count = std::min(most, next.size());
  std::partial_sort(next.begin(), next.begin() + static_cast<std::ptrdiff_t>(count), next.end(),
                    [this](const cursor& a, const cursor& b) { return later(b, a); });
  std::vector<wanted_block> wanted;
  for (std::size_t i = 0; i < count; ++i) {
    const auto number = static_cast<std::uint32_t>(next[i].part - first_block_);
    reading_[number] = reading::asked;
    wanted.push_back({number, blocks_[number]});
  }
  return wanted;
}

void log_scan::supply(std::uint32_t number, batch_ptr rows) {
  reading_[number] = reading::done;
  parts_[first_block_ + number].rows = std::move(rows);
}

// A block has one run: once that is at its end the rows are not needed any more.
void log_scan::forget(std::uint32_t part) {
  if (part >= first_block_)
    parts_[part].rows = nullptr;
}

void log_scan::open(const cursor& unopened) {
  if (!parts_[unopened.part].rows)
    return;
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
