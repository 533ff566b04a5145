// SPDX-License-Identifier: MIT
// Ranges of rows, the wrong way round too.
#include "engine/model/row_range.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

TEST_CASE("a range that ends before it begins is empty and has no rows") {
  CHECK(row_range{}.empty());
  CHECK(row_range{3, 3}.empty());
  CHECK(row_range{4, 3}.empty());
  CHECK(row_range{4, 3}.size() == 0);
  CHECK_FALSE(row_range{3, 4}.empty());
  CHECK(row_range{3, 7}.size() == 4);
}
