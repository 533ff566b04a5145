// SPDX-License-Identifier: MIT
// Row by row, and what is known of the rows beside them.
#include "tests/engine/support/same_batch.hpp"

#include "tests/engine/support/rows.hpp"

#include <algorithm>
#include <sstream>

namespace logstream::test {

namespace {

bool same_run(const stream_run& a, const stream_run& b) {
  return a.labels == b.labels && a.service == b.service && a.severity == b.severity && a.begin == b.begin &&
         a.end == b.end;
}

bool same_minute(const minute_count& a, const minute_count& b) {
  return a.run == b.run && a.minute == b.minute && a.count == b.count;
}

bool same_column(const column& a, const column& b) {
  return a.name() == b.name() && a.count() == b.count() && a.dense() == b.dense();
}

template <class List, class Same>
bool all_same(const List& a, const List& b, Same same) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
}

}  // namespace

std::string differences(const batch& found, const batch& expected) {
  if (found.rows() != expected.rows())
    return std::to_string(found.rows()) + " rows instead of " + std::to_string(expected.rows());
  if (!all_same(found.runs(), expected.runs(), same_run))
    return "other streams";
  if (!all_same(found.minutes(), expected.minutes(), same_minute))
    return "other minutes";
  if (!all_same(found.columns(), expected.columns(), same_column) || found.has_rest() != expected.has_rest())
    return "other columns";
  if (found.min_time() != expected.min_time() || found.max_time() != expected.max_time())
    return "other first or last time";
  if (found.bytes() != expected.bytes())
    return "another size in memory";
  for (std::uint32_t row = 0; row < found.rows(); ++row)
    if (const event is = found.materialize(row), wanted = expected.materialize(row); is != wanted) {
      std::ostringstream out;
      out << "row " << row << " is " << is << " instead of " << wanted;
      return out.str();
    }
  return {};
}

}  // namespace logstream::test
