// SPDX-License-Identifier: MIT
// Drawing conditions.
#include "tests/engine/support/random_queries.hpp"

#include "tests/engine/support/seed.hpp"

#include <string>
#include <vector>

namespace logstream::test {

row_filter random_index_filter(random_source& random, const event_variety& how) {
  row_filter filter;
  if (one_in(random, 2)) {
    filter.levels = {};
    for (std::uint32_t left = 1 + random.below(3); left > 0; --left)
      filter.levels.insert(pick(random, all_levels));
  }
  if (one_in(random, 3))
    filter.services = {"service-1", one_in(random, 2) ? "" : "nobody"};
  if (one_in(random, 3))
    filter.from = random_time(random, how);
  if (one_in(random, 3))
    filter.to = random_time(random, how);
  return filter;
}

log_query random_query(random_source& random, const event_variety& how, const row_model& model) {
  log_query query;
  query.filter = random_index_filter(random, how);
  if (one_in(random, 3))
    query.filter.contains =
        pick(random, std::vector<std::string>{"ERROR", "user", "17", "\xe2\x82\xac", "\"", "aB"});
  query.filter.case_sensitive = one_in(random, 3);
  if (one_in(random, 4) && !model.rows().empty()) {
    const event& like = pick(random, model.rows()).what;
    if (!like.fields.empty()) {
      const field& wanted = pick(random, like.fields);
      query.filter.fields.push_back({wanted.name, wanted.value});
    }
  }
  query.order = one_in(random, 2) ? time_order::newest_first : time_order::oldest_first;
  query.limit = one_in(random, 3) ? 1'000'000 : random.below(30);
  if (one_in(random, 4) && !model.rows().empty())
    query.after = pick(random, model.rows()).id;
  return query;
}

}  // namespace logstream::test
