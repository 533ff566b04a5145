// SPDX-License-Identifier: MIT
// What is the same for all blocks, hashes and names, is looked up once.
#include "engine/store/segment_prune.hpp"

#include "engine/query/row_match.hpp"
#include "engine/store/query_words.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace logstream {

namespace {

// Chunks of times, sequences and messages come first.
constexpr std::size_t messages_chunk = 2;
constexpr std::size_t first_field_chunk = 3;

// A text that is equal to one in the column may have been read as a number with another rounding.
constexpr double slack = 1e-9;

std::optional<double> number_of(std::string_view text) {
  double number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

struct wanted_field {
  // No name of the directory: it is in no block.
  std::uint32_t name = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint64_t> words;
  // The words and the text as a whole.
  std::vector<std::uint64_t> value;
  std::optional<double> number;
};

class block_judge {
 public:
  block_judge(const segment_directory& of, const row_filter& filter, std::string_view filters)
      : of_(of), filter_(filter), filters_(filters), needle_(words_of_needle(filter.contains)) {
    for (const segment_stream& each : of.streams)
      streams_.push_back(matches_stream(filter, {each.labels, each.service(), each.severity, 0, 0}));
    for (const auto& each : filter.fields) {
      wanted_field made;
      const auto found = std::find(of.names.begin(), of.names.end(), each.name);
      if (found != of.names.end())
        made.name = static_cast<std::uint32_t>(found - of.names.begin());
      made.words = words_of_text(each.value);
      made.value = words_of_value(each.value);
      made.number = number_of(each.value);
      fields_.push_back(std::move(made));
    }
  }

  bool in_stream_and_time(std::uint32_t block) const {
    const segment_directory::block& of = of_.blocks()[block];
    return streams_[of.stream] && of.max_time >= filter_.from && filter_.before_end(of.min_time);
  }

  bool may_match(std::uint32_t block) const {
    return in_stream_and_time(block) &&
           may_contain_all(of_.filter(block, messages_chunk, filters_), needle_) &&
           std::all_of(fields_.begin(), fields_.end(),
                       [&](const wanted_field& each) { return may_have(block, each); });
  }

 private:
  bool may_have(std::uint32_t block, const wanted_field& wanted) const {
    const auto all = of_.chunks(block);
    const bool has_rest = all.back().kind == chunk_kind::rest;
    const auto end = all.end() - (has_rest ? 1 : 0);
    const auto found = std::lower_bound(
        all.begin() + first_field_chunk, end, wanted.name,
        [](const segment_directory::chunk& each, std::uint32_t name) { return each.name < name; });
    if (found == end || found->name != wanted.name)
      return has_rest && may_contain_all(of_.filter(block, all.size() - 1, filters_), wanted.value);
    const auto bounds = of_.bounds(*found);
    if (bounds && wanted.number && beyond(*bounds, *wanted.number))
      return false;
    // Only where texts repeat do filters know them as a whole.
    const bool whole =
        found->encoding == text_encoding::constant || found->encoding == text_encoding::dictionary;
    return may_contain_all(of_.filter(block, static_cast<std::size_t>(found - all.begin()), filters_),
                           whole ? wanted.value : wanted.words);
  }

  static bool beyond(const number_bounds& bounds, double number) {
    const double tolerance = std::abs(number) * slack;
    return number < bounds.least - tolerance || number > bounds.greatest + tolerance;
  }

  const segment_directory& of_;
  const row_filter& filter_;
  std::string_view filters_;
  std::vector<std::uint64_t> needle_;
  std::vector<bool> streams_;
  std::vector<wanted_field> fields_;
};

/// How a filter's time and a floor cut minutes.
class minute_judge {
 public:
  minute_judge(const row_filter& filter, row_floor floor) : filter_(filter), floor_(floor) {}

  bool holds(std::int64_t minute) const {
    const timestamp begin = start_of_minute(minute);
    return begin >= filter_.from && row_floor{begin, 0} >= floor_ && filter_.before_end(last(minute));
  }
  /// True if some of the rows that a block has in one minute may count and others not.
  bool cuts_any(const segment_directory& of, std::uint32_t block) const {
    bool cut = false;
    of.for_each_minute(block, [&](std::int64_t minute, std::uint32_t) {
      cut = cut || (!holds(minute) && !excludes(minute));
    });
    return cut;
  }

 private:
  bool excludes(std::int64_t minute) const {
    const timestamp end = last(minute);
    return end < filter_.from || end < floor_.time || !filter_.before_end(start_of_minute(minute));
  }
  static timestamp last(std::int64_t minute) {
    const timestamp next = start_of_minute(minute + 1);
    // The very last minute does not end before time does.
    return next == std::numeric_limits<timestamp>::max() ? next : next - 1;
  }

  const row_filter& filter_;
  row_floor floor_;
};

void add(row_counts& counts, std::string_view name, std::uint64_t rows) {
  if (const auto known = counts.groups.find(name); known != counts.groups.end())
    known->second += rows;
  else
    counts.groups.emplace(name, rows);
}

}  // namespace

std::vector<std::uint32_t> candidate_blocks(const segment_directory& of, const row_filter& filter,
                                            std::string_view filters) {
  const block_judge judge{of, filter, filters};
  std::vector<std::uint32_t> found;
  for (std::uint32_t block = 0; block < of.blocks().size(); ++block)
    if (judge.may_match(block))
      found.push_back(block);
  return found;
}

std::vector<std::uint32_t> count_rows(const segment_directory& of, const row_filter& filter, row_floor floor,
                                      count_by by, row_counts& counts) {
  const block_judge judge{of, filter, {}};
  const minute_judge minutes{filter, floor};
  std::vector<std::uint32_t> untold;
  for (std::uint32_t block = 0; block < of.blocks().size(); ++block) {
    if (!judge.in_stream_and_time(block))
      continue;
    if (minutes.cuts_any(of, block)) {
      untold.push_back(block);
      continue;
    }
    std::uint64_t rows = 0;
    of.for_each_minute(block, [&](std::int64_t minute, std::uint32_t count) {
      if (!minutes.holds(minute))
        return;
      rows += count;
      if (by == count_by::minute)
        counts.minutes[minute] += count;
    });
    if (by != count_by::minute && rows != 0)
      add(counts,
          by == count_by::level ? to_string(of.stream_of(block).severity) : of.stream_of(block).service(),
          rows);
  }
  return untold;
}

}  // namespace logstream
