// SPDX-License-Identifier: MIT
// What GET /logs can ask: which events, in which order, from where on.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/id.hpp"
#include "engine/model/level.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

/// Which rows: all conditions must hold; an empty one holds for every row.
struct row_filter {
  struct field_condition {
    std::string name;
    std::string value;
  };

  level_set levels = level_set::all();
  /// Any of these.
  std::vector<std::string> services;
  /// [from, to); the latest moment there is as `to` means no end.
  timestamp from = std::numeric_limits<timestamp>::min();
  timestamp to = std::numeric_limits<timestamp>::max();
  /// Substring of the message; ASCII letters match in any case unless `case_sensitive`.
  std::string contains;
  bool case_sensitive = false;
  /// This event and no other.
  std::optional<event_id> id;
  /// Each named field must have exactly this text.
  std::vector<field_condition> fields;

  /// True if `time` is not too late.
  bool before_end(timestamp time) const { return time < to || to == std::numeric_limits<timestamp>::max(); }
  /// True if labels, level and time decide alone: counts can be answered without reading cells.
  bool by_index_only() const { return contains.empty() && fields.empty() && !id; }
};

enum class time_order : std::uint8_t { newest_first, oldest_first };

struct log_query {
  row_filter filter;
  time_order order = time_order::newest_first;
  std::uint64_t limit = 100;
  /// Start strictly beyond this event in the order asked for.
  std::optional<event_id> after;
};

/// What counts can be grouped by.
enum class count_by : std::uint8_t { level, service, minute };

/// Rows by level name, service, or minute in RFC 3339; groups without rows are not there.
using group_counts = std::map<std::string, std::uint64_t>;

}  // namespace logstream
