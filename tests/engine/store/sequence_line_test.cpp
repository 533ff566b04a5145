// SPDX-License-Identifier: MIT
// How far nothing is missing, in whatever order ranges come.
#include "engine/store/sequence_line.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

TEST_CASE("a line whose ranges come in order ends behind the last one") {
  sequence_line line{5};
  CHECK(line.through() == 5);
  line.add(5, 8);
  line.add(8, 9);
  CHECK(line.through() == 9);
  CHECK(line.whole());
}

TEST_CASE("a range that comes early waits for those before it") {
  sequence_line line;
  line.add(4, 6);
  line.add(2, 4);
  CHECK(line.through() == 0);
  CHECK_FALSE(line.whole());
  line.add(0, 2);
  CHECK(line.through() == 6);
  CHECK(line.whole());
}

TEST_CASE("ranges in any order leave a line that is whole once all have come and not before") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;
    std::uint64_t end = 0;
    for (std::uint32_t left = 1 + random.below(20); left > 0; --left) {
      const std::uint64_t begin = end;
      end += 1 + random.below(5);
      ranges.emplace_back(begin, end);
    }
    std::vector<bool> come(end);
    sequence_line line;
    while (!ranges.empty()) {
      const auto next = ranges.begin() + random.below(static_cast<std::uint32_t>(ranges.size()));
      line.add(next->first, next->second);
      for (std::uint64_t each = next->first; each < next->second; ++each) come[each] = true;
      ranges.erase(next);
      std::uint64_t through = 0;
      while (through < end && come[through]) ++through;
      bool ahead = false;
      for (std::uint64_t each = through; each < end; ++each) ahead = ahead || come[each];
      REQUIRE(line.through() == through);
      REQUIRE(line.whole() == !ahead);
    }
  }
}
