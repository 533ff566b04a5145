// SPDX-License-Identifier: MIT
// Merged batches hold the rows of their parts, with the ids they had.
#include "engine/store/batch_merge.hpp"

#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/row_model.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr origin identity{1, 7};

// Rows that are there, by id.
std::vector<model_row> rows_of(const part& in) {
  std::vector<model_row> rows;
  for (const stream_run& run : in.rows->runs())
    for (std::uint32_t row = in.first_row(run); row < run.end; ++row)
      rows.push_back({in.rows->id(row), event_at(*in.rows, row)});
  return rows;
}

void sort_by_id(std::vector<model_row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

void check_runs(const batch& in) {
  const auto runs = in.runs();
  REQUIRE(std::is_sorted(runs.begin(), runs.end(), [](const stream_run& a, const stream_run& b) {
    return std::tie(a.labels, a.severity) < std::tie(b.labels, b.severity);
  }));
  std::uint32_t counted = 0;
  for (const minute_count& each : in.minutes()) counted += each.count;
  REQUIRE(counted == in.rows());
  for (const stream_run& run : runs)
    for (std::uint32_t row = run.begin + 1; row < run.end; ++row) REQUIRE(in.id(row - 1) < in.id(row));
}

}  // namespace

TEST_CASE("a merge holds each row of its parts once, with its id and its fields, and none that was evicted") {
  const std::uint64_t seed = seed_or(21);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 60; ++round) {
    INFO("round " << round);
    event_variety how;
    how.names = one_in(random, 4) ? 3000 : 1 + random.below(40);
    how.most_fields = random.below(10);
    std::uint64_t sequence = random.below(1000);
    std::vector<part> parts;
    std::vector<model_row> expected;
    for (std::uint32_t left = 1 + random.below(12); left > 0; --left) {
      const auto events = random_events(random, how, 1 + random.below(one_in(random, 5) ? 500 : 40));
      part made{make_batch(events, identity, sequence), {}};
      sequence += events.size();
      if (one_in(random, 3)) {
        const event_id id = made.rows->id(random.below(made.rows->rows()));
        made.floor = {id.time, id.sequence};
      }
      const auto rows = rows_of(made);
      expected.insert(expected.end(), rows.begin(), rows.end());
      parts.push_back(std::move(made));
    }
    const batch_ptr merged = merge_parts(parts);
    REQUIRE(merged != nullptr);
    check_runs(*merged);
    auto found = rows_of({merged, {}});
    sort_by_id(found);
    sort_by_id(expected);
    REQUIRE(difference(found, expected) == "");
    // Merged once more, alone, nothing changes.
    auto again = rows_of({merge_parts(std::vector{part{merged, {}}}), {}});
    sort_by_id(again);
    REQUIRE(difference(again, expected) == "");
  }
}

TEST_CASE("a merge of parts without a row that is there is nothing") {
  const auto rows = make_batch(std::vector{make_event(1), make_event(2)}, identity, 0);
  CHECK(merge_parts(std::vector{part{rows, {3, 0}}, part{rows, {2, 2}}}) == nullptr);
}

TEST_CASE("rows of one time are merged in the order of their sequences") {
  const auto first = make_batch(std::vector{make_event(5, "a"), make_event(5, "b")}, identity, 10);
  const auto second = make_batch(std::vector{make_event(5, "c"), make_event(4, "d")}, identity, 12);
  const batch_ptr merged = merge_parts(std::vector{part{second, {}}, part{first, {}}});
  REQUIRE(merged != nullptr);
  std::vector<std::string> messages;
  for (std::uint32_t row = 0; row < merged->rows(); ++row) messages.emplace_back(merged->message(row));
  CHECK(messages == std::vector<std::string>{"d", "a", "b", "c"});
}
