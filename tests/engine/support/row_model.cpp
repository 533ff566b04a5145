// SPDX-License-Identifier: MIT
// Scans, sorts, and nothing cleverer.
#include "tests/engine/support/row_model.hpp"

#include "engine/wire/time_text.hpp"
#include "tests/engine/support/rows.hpp"

#include <algorithm>
#include <limits>
#include <sstream>
#include <string>
#include <utility>

namespace logstream::test {

namespace {

std::string lower(std::string_view text) {
  std::string made{text};
  for (char& c : made)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c - 'A' + 'a');
  return made;
}

std::string group_of(const event& what, count_by by) {
  switch (by) {
    case count_by::level:
      return std::string{to_string(what.severity)};
    case count_by::service:
      return what.service;
    case count_by::minute:
      break;
  }
  // The minute of the very first moment began too early to be told.
  if (what.time == std::numeric_limits<timestamp>::min())
    return format_rfc3339(what.time);
  // Cuts the seconds off the text, to be independent of minute arithmetic.
  const std::string text = format_rfc3339(what.time);
  constexpr std::string_view minute_text = "0000-00-00T00:00";
  return text.substr(0, minute_text.size()) + ":00Z";
}

}  // namespace

std::string difference(const std::vector<model_row>& found, const std::vector<model_row>& expected) {
  std::ostringstream out;
  const auto [x, y] = std::mismatch(found.begin(), found.end(), expected.begin(), expected.end());
  if (x == found.end() && y == expected.end())
    return {};
  out << found.size() << " rows found, " << expected.size() << " expected; at " << x - found.begin()
      << " found ";
  if (x == found.end())
    out << "the end";
  else
    out << x->id << ' ' << x->what;
  out << ", expected ";
  if (y == expected.end())
    out << "the end";
  else
    out << y->id << ' ' << y->what;
  return out.str();
}

bool naive_contains(std::string_view text, std::string_view needle, bool case_sensitive) {
  return case_sensitive ? text.find(needle) != std::string_view::npos
                        : lower(text).find(lower(needle)) != std::string::npos;
}

bool naive_matches(const row_filter& filter, const event& what) {
  const auto has = [&](const row_filter::field_condition& wanted) {
    return std::any_of(what.fields.begin(), what.fields.end(), [&](const field& each) {
      return each.name == wanted.name && each.value == wanted.value;
    });
  };
  const bool service = filter.services.empty() || std::find(filter.services.begin(), filter.services.end(),
                                                            what.service) != filter.services.end();
  const bool ends = filter.to != std::numeric_limits<timestamp>::max();
  return filter.levels.contains(what.severity) && service && what.time >= filter.from &&
         (!ends || what.time < filter.to) &&
         naive_contains(what.message, filter.contains, filter.case_sensitive) &&
         std::all_of(filter.fields.begin(), filter.fields.end(), has);
}

void row_model::add(event_id id, event what) {
  rows_.push_back({id, with_sorted_fields(std::move(what))});
}

void row_model::evict_oldest(std::size_t count) {
  std::sort(rows_.begin(), rows_.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  rows_.erase(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(count));
}

std::vector<model_row> row_model::find(const log_query& query) const {
  std::vector<model_row> found;
  const bool newest = query.order == time_order::newest_first;
  for (const model_row& each : rows_) {
    const bool behind = !query.after || (newest ? each.id < *query.after : each.id > *query.after);
    if (behind && naive_matches(query.filter, each.what))
      found.push_back(each);
  }
  std::sort(found.begin(), found.end(),
            [&](const auto& a, const auto& b) { return newest ? b.id < a.id : a.id < b.id; });
  if (found.size() > query.limit)
    found.resize(query.limit);
  return found;
}

group_counts row_model::count(const row_filter& filter, count_by by) const {
  group_counts counts;
  for (const model_row& each : rows_)
    if (naive_matches(filter, each.what))
      ++counts[group_of(each.what, by)];
  return counts;
}

}  // namespace logstream::test
