// SPDX-License-Identifier: MIT
// Where a part begins once its oldest rows are evicted.
#include "engine/model/part.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// Rows at 10, 20, 20, 20, 30 with the sequences 100 to 104.
part make_part(row_floor floor) {
  std::vector<event> events;
  for (const timestamp time : {10, 20, 20, 20, 30}) events.push_back(make_event(time));
  return {make_batch(events, {1, 2}, 100), floor};
}

std::uint32_t first_row(row_floor floor) {
  const part made = make_part(floor);
  return made.first_row(made.rows->runs()[0]);
}

}  // namespace

TEST_CASE("a part without a floor is whole") {
  const part made = make_part({});
  CHECK(made.whole());
  CHECK(made.first_row(made.rows->runs()[0]) == 0);
}

TEST_CASE("a part begins at the first row at or after its floor, by time, then sequence") {
  CHECK(first_row({10, 0}) == 0);
  CHECK(first_row({10, 101}) == 1);
  CHECK(first_row({11, 0}) == 1);
  CHECK(first_row({20, 0}) == 1);
  CHECK(first_row({20, 101}) == 1);
  CHECK(first_row({20, 102}) == 2);
  CHECK(first_row({20, 103}) == 3);
  CHECK(first_row({20, 104}) == 4);
  CHECK(first_row({21, 0}) == 4);
  CHECK(first_row({30, 104}) == 4);
  CHECK(first_row({30, 105}) == 5);
  CHECK(first_row({31, 0}) == 5);
}

TEST_CASE("a part is not whole once its first row may be gone") {
  CHECK(make_part({10, 0}).whole());
  CHECK_FALSE(make_part({10, 101}).whole());
  CHECK_FALSE(make_part({11, 0}).whole());
}

TEST_CASE("each run of a part begins at its own first row") {
  const part made{make_batch(std::vector{make_event(1, "", level::info), make_event(5, "", level::info),
                                         make_event(2, "", level::error), make_event(3, "", level::error)},
                             {}, 0),
                  {3, 0}};
  REQUIRE(made.rows->runs().size() == 2);
  CHECK(made.first_row(made.rows->runs()[0]) == 1);
  CHECK(made.first_row(made.rows->runs()[1]) == 3);
}
