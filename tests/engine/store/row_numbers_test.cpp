// SPDX-License-Identifier: MIT
// Which numbers rows get.
#include "engine/store/row_numbers.hpp"

#include "tests/engine/support/rows.hpp"

#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::test;

namespace {

std::shared_ptr<batch> numbered(row_numbers& by, std::uint32_t shard, std::size_t rows) {
  auto made = make_batch(std::vector<event>(rows, make_event(7)));
  by.number(shard, *made);
  return made;
}

}  // namespace

TEST_CASE("the batches of a shard are numbered one behind the other, without gaps, from nought") {
  row_numbers numbers{3, 2};
  CHECK(numbered(numbers, 1, 2)->id(1) == event_id{7, {3, 1}, 1});
  const auto second = numbered(numbers, 1, 5);
  CHECK(second->first_sequence() == 2);
  CHECK(second->id(4) == event_id{7, {3, 1}, 6});
  CHECK(numbered(numbers, 1, 1)->id(0) == event_id{7, {3, 1}, 7});
}

TEST_CASE("what one shard gets does not show in the numbers of another") {
  row_numbers numbers{3, 2};
  numbered(numbers, 0, 100);
  CHECK(numbered(numbers, 1, 1)->id(0) == event_id{7, {3, 1}, 0});
}
