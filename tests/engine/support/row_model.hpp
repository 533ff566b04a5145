// SPDX-License-Identifier: MIT
// The store as anyone would write it first: a list of events that every question scans.
#pragma once

#include "engine/model/event.hpp"
#include "engine/model/id.hpp"
#include "engine/query/log_query.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

struct model_row {
  event_id id;
  /// Fields sorted by name.
  event what;

  bool operator==(const model_row&) const = default;
};

/// Where `found` is not what was expected, in words; empty if it is.
std::string difference(const std::vector<model_row>& found, const std::vector<model_row>& expected);

/// True if `text` holds `needle`, ASCII letters in any case unless `case_sensitive`.
bool naive_contains(std::string_view text, std::string_view needle, bool case_sensitive);
bool naive_matches(const row_filter& filter, const event& what);

class row_model {
 public:
  void add(event_id id, event what);
  /// Removes the `count` first by id.
  void evict_oldest(std::size_t count);
  /// Removes the rows for which gone(id) is true.
  template <class Gone>
  void remove_if(Gone&& gone) {
    std::erase_if(rows_, [&](const model_row& each) { return gone(each.id); });
  }

  const std::vector<model_row>& rows() const { return rows_; }
  std::vector<model_row> find(const log_query& query) const;
  group_counts count(const row_filter& filter, count_by by) const;

 private:
  std::vector<model_row> rows_;
};

}  // namespace logstream::test
