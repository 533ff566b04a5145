// SPDX-License-Identifier: MIT
// Sets of numbers that no word would make, and ribbons that no set would make.
#include "engine/store/ribbon.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::vector<std::uint64_t> random_hashes(std::uint64_t seed, std::size_t count) {
  random_source random{seed};
  std::vector<std::uint64_t> hashes(count);
  for (auto& each : hashes) each = random.next();
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

}  // namespace

TEST_CASE("every attempt that succeeds keeps all numbers") {
  for (const std::size_t count : {0, 1, 31, 32, 63, 64, 65, 1000, 20'000})
    for (std::uint8_t attempt = 0; attempt < ribbon_attempts; ++attempt) {
      const auto hashes = random_hashes(count + 1, count);
      std::string ribbon;
      if (!append_ribbon(hashes, attempt, ribbon))
        continue;
      INFO(count << " numbers, attempt " << int{attempt});
      REQUIRE(ribbon.size() >= ribbon_width);
      REQUIRE(std::all_of(hashes.begin(), hashes.end(),
                          [&](std::uint64_t each) { return ribbon_may_contain(ribbon, attempt, each); }));
    }
}

TEST_CASE("numbers that all begin alike contradict each other at first only") {
  // The first attempt looks at the upper half to choose where an equation begins: here all begin at 0.
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t i = 0; i < 1000; ++i) hashes.push_back(i);
  std::string ribbon = "before";
  CHECK_FALSE(append_ribbon(hashes, 0, ribbon));
  CHECK(ribbon == "before");
  CHECK(append_ribbon(hashes, 1, ribbon));
}

TEST_CASE("a ribbon of any bytes and size can be asked for any number") {
  random_source random{seed_or(11)};
  for (std::size_t size = ribbon_width; size < ribbon_width + 100; ++size) {
    // Not a string: a sanitizer shall see the first byte beyond.
    std::vector<char> bytes(size);
    for (char& each : bytes) each = static_cast<char>(random.below(256));
    for (const std::uint64_t hash : {std::uint64_t{0}, ~std::uint64_t{0}, random.next()})
      for (const std::uint8_t attempt : {std::uint8_t{0}, std::uint8_t{1}})
        ribbon_may_contain({bytes.data(), bytes.size()}, attempt, hash);
  }
  CHECK_FALSE(ribbon_may_contain(std::string(ribbon_width, '\0'), 0, 1));
}
