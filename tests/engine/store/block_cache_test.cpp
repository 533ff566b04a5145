// SPDX-License-Identifier: MIT
// What the cache keeps, what goes first, and its account.
#include "engine/store/block_cache.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <tuple>

using namespace logstream;
using namespace logstream::test;

namespace {

using cache = block_cache<int>;

std::shared_ptr<const int> value(int n) {
  return std::make_shared<const int>(n);
}

block_key block(std::uint32_t n) {
  return {1, n, 0};
}

}  // namespace

TEST_CASE("what was inserted is found under its own key only") {
  cache kept{100};
  kept.insert({1, 2, 3}, value(7), 10);
  REQUIRE(kept.find({1, 2, 3}));
  CHECK(*kept.find({1, 2, 3}) == 7);
  for (const block_key& other : {block_key{2, 2, 3}, block_key{1, 3, 3}, block_key{1, 2, 2}})
    CHECK_FALSE(kept.find(other));
  CHECK(kept.figures().hits == 2);
  CHECK(kept.figures().misses == 3);
}

TEST_CASE("what was inserted first goes first when the budget is full") {
  cache kept{100};
  for (std::uint32_t n = 0; n < 12; ++n) kept.insert(block(n), value(0), 10);
  CHECK_FALSE(kept.find(block(0)));
  CHECK_FALSE(kept.find(block(1)));
  CHECK(kept.find(block(2)));
  CHECK(kept.figures().entries == 10);
  CHECK(kept.figures().bytes == 100);
  CHECK(kept.figures().evictions == 2);
}

TEST_CASE("what was found again survives a scan over many others") {
  cache kept{100};
  kept.insert(block(0), value(0), 10);
  kept.find(block(0));
  for (std::uint32_t n = 1; n < 1000; ++n) kept.insert(block(n), value(0), 10);
  CHECK(kept.find(block(0)));
}

TEST_CASE("what was found once long ago makes place for what is found now") {
  cache kept{100};
  for (std::uint32_t n = 0; n < 100; ++n) {
    kept.insert(block(n), value(0), 10);
    kept.find(block(n));
  }
  CHECK_FALSE(kept.find(block(0)));
  CHECK(kept.find(block(99)));
  CHECK(kept.find(block(93)));
}

TEST_CASE("a key that comes again replaces what it named") {
  cache kept{100};
  kept.insert(block(0), value(1), 10);
  kept.find(block(0));
  kept.insert(block(0), value(2), 30);
  CHECK(*kept.find(block(0)) == 2);
  CHECK(kept.figures().entries == 1);
  CHECK(kept.figures().bytes == 30);
  CHECK(kept.figures().evictions == 0);
}

TEST_CASE("what is larger than the budget is not taken in and drives out nothing") {
  cache kept{100};
  kept.insert(block(0), value(0), 100);
  kept.insert(block(1), value(0), 101);
  CHECK(kept.find(block(0)));
  CHECK_FALSE(kept.find(block(1)));
  kept.insert(block(0), value(0), 101);
  CHECK_FALSE(kept.find(block(0)));
  CHECK(kept.figures().bytes == 0);
}

TEST_CASE("shrinking lets the oldest go until no more than asked for is left, and room is used again later") {
  cache kept{100};
  for (std::uint32_t n = 0; n < 10; ++n) kept.insert(block(n), value(0), 10);
  kept.find(block(0));
  kept.shrink(25);
  CHECK(kept.figures().entries == 2);
  CHECK(kept.find(block(0)));
  CHECK(kept.find(block(9)));
  kept.shrink(0);
  CHECK(kept.figures().entries == 0);
  CHECK(kept.figures().evictions == 10);
  kept.insert(block(0), value(0), 100);
  CHECK(kept.find(block(0)));
}

TEST_CASE("a segment that is erased takes all its entries with it and no others") {
  cache kept{100};
  for (std::uint32_t n = 0; n < 4; ++n) kept.insert({n % 2, n, 0}, value(0), 10);
  kept.find({0, 0, 0});
  kept.erase_segment(0);
  kept.erase_segment(77);
  CHECK(kept.figures().entries == 2);
  CHECK(kept.figures().bytes == 20);
  CHECK_FALSE(kept.find({0, 0, 0}));
  CHECK_FALSE(kept.find({0, 2, 0}));
  CHECK(kept.find({1, 1, 0}));
}

TEST_CASE("what goes lives on for those who hold it") {
  cache kept{100};
  kept.insert(block(0), value(5), 10);
  const auto held = kept.find(block(0));
  kept.shrink(0);
  CHECK(*held == 5);
  CHECK(held.use_count() == 1);
}

TEST_CASE(
    "after any calls the account is that of what can be found, within the budget, and nothing is stale") {
  const std::uint64_t seed = seed_or(31);
  INFO(describe_seed(seed));
  random_source random{seed};
  constexpr std::size_t budget = 500;
  cache kept{budget};
  using key = std::tuple<std::uint64_t, std::uint32_t, std::uint8_t>;
  std::map<key, std::pair<int, std::size_t>> last;
  std::uint64_t asked = 0;
  for (int round = 0; round < 20'000; ++round) {
    const block_key where{random.below(4), random.below(8), static_cast<std::uint8_t>(random.below(3))};
    const key name{where.segment, where.block, where.part};
    const std::uint32_t what = random.below(20);
    if (what < 9) {
      const std::size_t bytes = 1 + random.below(random.below(10) == 0 ? 600 : 60);
      kept.insert(where, value(round), bytes);
      last[name] = {round, bytes};
    } else if (what < 18) {
      ++asked;
      if (const auto found = kept.find(where))
        REQUIRE(*found == last.at(name).first);
    } else if (what == 18) {
      kept.erase_segment(where.segment);
      std::erase_if(last, [&](const auto& each) { return std::get<0>(each.first) == where.segment; });
    } else {
      const std::size_t most = random.below(600);
      kept.shrink(most);
      REQUIRE(kept.figures().bytes <= most);
    }
    REQUIRE(kept.figures().bytes <= budget);
    REQUIRE(kept.figures().hits + kept.figures().misses == asked);
    if (round % 100 != 0)
      continue;
    std::size_t entries = 0;
    std::size_t bytes = 0;
    for (const auto& [each, stored] : last) {
      ++asked;
      if (kept.find({std::get<0>(each), std::get<1>(each), std::get<2>(each)})) {
        ++entries;
        bytes += stored.second;
      }
    }
    REQUIRE(kept.figures().entries == entries);
    REQUIRE(kept.figures().bytes == bytes);
  }
}
