// SPDX-License-Identifier: MIT
// A heap of runs; the first run is followed until another's row comes.
#include "engine/store/segment_rows.hpp"

#include <algorithm>

namespace logstream {

namespace {

std::uint64_t text_bytes_in(const column& of, std::uint32_t begin, std::uint32_t end) {
  const std::uint32_t first = of.cells_before(begin);
  const std::uint32_t last = first + cells_in(of, begin, end);
  return last == 0 ? 0 : of.ends()[last - 1] - (first == 0 ? 0 : of.ends()[first - 1]);
}

// The most rows of a span that stay within `bytes`.
std::uint32_t rows_within(const source_run& run, const row_span& span, std::uint64_t bytes) {
  std::uint32_t low = 0;
  std::uint32_t high = span.rows();
  while (low < high) {
    const std::uint32_t middle = high - (high - low) / 2;
    if (text_bytes_in(run, span.begin, span.begin + middle) <= bytes)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

}  // namespace

std::uint32_t cells_in(const column& of, std::uint32_t begin, std::uint32_t end) {
  return of.cells_before(end - 1) + (of.has(end - 1) ? 1 : 0) - of.cells_before(begin);
}

std::uint64_t text_bytes_in(const source_run& run, std::uint32_t begin, std::uint32_t end) {
  std::uint64_t bytes = text_bytes_in(run.rows->messages(), begin, end);
  for (const std::uint16_t each : run.columns) bytes += text_bytes_in(run.rows->columns()[each], begin, end);
  return run.rows->has_rest() ? bytes + text_bytes_in(run.rows->rest(), begin, end) : bytes;
}

std::vector<source_run> gather_runs(std::span<const part> parts) {
  std::vector<source_run> runs;
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    const batch& rows = *parts[i].rows;
    for (const stream_run& run : rows.runs()) {
      source_run made{&rows, i, run.labels, run.severity, parts[i].first_row(run), run.end, {}};
      if (made.begin == made.end)
        continue;
      for (std::uint16_t each = 0; each < rows.columns().size(); ++each)
        if (cells_in(rows.columns()[each], made.begin, made.end) != 0)
          made.columns.push_back(each);
      runs.push_back(std::move(made));
    }
  }
  std::stable_sort(runs.begin(), runs.end(), [](const source_run& a, const source_run& b) {
    return a.labels != b.labels ? a.labels < b.labels : a.severity < b.severity;
  });
  return runs;
}

run_merge::run_merge(std::span<const source_run> runs) : runs_(runs) {
  for (std::uint32_t i = 0; i < runs.size(); ++i) push(head_at(i, runs[i].begin));
}

run_merge::head run_merge::head_at(std::uint32_t run, std::uint32_t row) const {
  const event_id id = runs_[run].rows->id(row);
  return {id.time, id.sequence, run, row};
}

void run_merge::push(head made) {
  heads_.push_back(made);
  std::push_heap(heads_.begin(), heads_.end(), [](const head& a, const head& b) { return a.later_than(b); });
}

row_span run_merge::next() const {
  const head& first = heads_.front();
  std::uint32_t low = first.row + 1;
  std::uint32_t high = runs_[first.run].end;
  if (heads_.size() > 1) {
    const head& other = heads_.size() > 2 && heads_[1].later_than(heads_[2]) ? heads_[2] : heads_[1];
    const auto comes_later = [&](std::uint32_t row) { return head_at(first.run, row).later_than(other); };
    // In strides that double: runs that take turns give few rows each, others thousands.
    for (std::uint32_t stride = 1; low + stride < high; stride *= 2) {
      if (comes_later(low + stride - 1)) {
        high = low + stride - 1;
        break;
      }
      low += stride;
    }
    while (low < high) {
      const std::uint32_t middle = low + (high - low) / 2;
      if (comes_later(middle))
        high = middle;
      else
        low = middle + 1;
    }
  }
  return {first.run, first.row, high};
}

void run_merge::pass(std::uint32_t rows) {
  const auto later = [](const head& a, const head& b) { return a.later_than(b); };
  std::pop_heap(heads_.begin(), heads_.end(), later);
  const head passed = heads_.back();
  heads_.pop_back();
  if (passed.row + rows < runs_[passed.run].end)
    push(head_at(passed.run, passed.row + rows));
}

std::vector<row_span> take_block(run_merge& from, std::span<const source_run> runs,
                                 const block_limits& limits) {
  std::vector<row_span> taken;
  std::uint32_t rows = 0;
  std::uint64_t bytes = 0;
  while (!from.done() && rows < limits.rows) {
    row_span span = from.next();
    span.end = std::min(span.end, span.begin + (limits.rows - rows));
    const source_run& run = runs[span.run];
    const std::uint64_t more = text_bytes_in(run, span.begin, span.end);
    const bool full = bytes + more > limits.text_bytes;
    if (full) {
      const std::uint32_t fit = rows_within(run, span, limits.text_bytes - bytes);
      span.end = span.begin + std::max(fit, rows == 0 ? 1u : 0u);
      if (span.rows() == 0)
        break;
    }
    taken.push_back(span);
    from.pass(span.rows());
    if (full)
      break;
    rows += span.rows();
    bytes += more;
  }
  return taken;
}

}  // namespace logstream
