// SPDX-License-Identifier: MIT
// Filters on streams, times and rows.
#include "engine/query/row_match.hpp"

#include <algorithm>

namespace logstream {

bool matches_stream(const row_filter& filter, const stream_run& run) {
  return filter.levels.contains(run.severity) &&
         (filter.services.empty() ||
          std::find(filter.services.begin(), filter.services.end(), run.service) != filter.services.end());
}

row_range rows_in_time(const part& of, const stream_run& run, const row_filter& filter) {
  const auto times = of.rows->times();
  row_range range{of.first_row(run), run.end};
  if (range.empty() || (filter.from <= times[range.begin] && filter.before_end(times[run.end - 1])))
    return range;
  const auto begin = times.begin() + range.begin;
  const auto end = times.begin() + range.end;
  const auto low = std::lower_bound(begin, end, filter.from);
  range.begin = static_cast<std::uint32_t>(low - times.begin());
  const auto high = std::partition_point(low, end, [&](timestamp time) { return filter.before_end(time); });
  range.end = static_cast<std::uint32_t>(high - times.begin());
  return range;
}

void count_minutes(const batch& in, row_range range, std::map<std::int64_t, std::uint64_t>& minutes) {
  const auto times = in.times();
  while (!range.empty()) {
    const std::int64_t minute = minute_of(times[range.begin]);
    const auto end = std::partition_point(times.begin() + range.begin, times.begin() + range.end,
                                          [&](timestamp time) { return minute_of(time) <= minute; });
    const auto next = static_cast<std::uint32_t>(end - times.begin());
    minutes[minute] += next - range.begin;
    range.begin = next;
  }
}

row_matcher::row_matcher(const row_filter& filter)
    : text_(filter.contains, filter.case_sensitive), fields_(filter.fields), id_(filter.id) {}

bool row_matcher::operator()(const batch& in, std::uint32_t row) const {
  if (id_ && in.id(row) != *id_)
    return false;
  for (const auto& [name, value] : fields_) {
    const auto found = in.field_at(row, name);
    if (!found || found->text != value)
      return false;
  }
  return text_.found_in(in.message(row));
}

}  // namespace logstream
