// SPDX-License-Identifier: MIT
// Which rows a filter holds for: by stream, by time, and row by row.
#pragma once

#include "engine/model/part.hpp"
#include "engine/model/row_range.hpp"
#include "engine/query/log_query.hpp"
#include "engine/query/text_search.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace logstream {

/// True if the rows of `run` have a level and a service that `filter` asks for.
bool matches_stream(const row_filter& filter, const stream_run& run);

/// The rows of `run` that are there and in the filter's time.
row_range rows_in_time(const part& of, const stream_run& run, const row_filter& filter);

/// Adds the rows of `range`, which lies in one run, to their minutes.
void count_minutes(const batch& in, row_range range, std::map<std::int64_t, std::uint64_t>& minutes);

/// Looks at the content of rows: the conditions of a filter that no index answers, made ready once.
class row_matcher {
 public:
  explicit row_matcher(const row_filter& filter);

  /// True if it holds for every row.
  bool trivial() const { return text_.empty() && fields_.empty() && !id_; }
  bool operator()(const batch& in, std::uint32_t row) const;

 private:
  text_search text_;
  std::vector<row_filter::field_condition> fields_;
  std::optional<event_id> id_;
};

}  // namespace logstream
