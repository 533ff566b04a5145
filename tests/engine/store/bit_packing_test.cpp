// SPDX-License-Identifier: MIT
// Numbers through bits and back.
#include "engine/store/bit_packing.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

TEST_CASE("numbers of every width come back from their bits, whatever their count") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (unsigned width = 0; width <= 64; ++width)
    for (const std::size_t count : {0u, 1u, 7u, 8u, 9u, 16u, 127u, 128u, 301u}) {
      std::vector<std::uint64_t> numbers(count);
      for (auto& each : numbers) each = width == 0 ? 0 : random.next() >> (64 - width);
      std::string packed = "before";
      pack_bits(numbers, width, packed);
      REQUIRE(packed.size() == 6 + packed_size(count, width));
      // Memory of just this size, so that a sanitizer sees what is read beyond it.
      const std::vector<char> exact{packed.begin() + 6, packed.end()};
      std::vector<std::uint64_t> unpacked(count, 1);
      unpack_bits({exact.data(), exact.size()}, width, unpacked);
      REQUIRE(unpacked == numbers);
    }
}

TEST_CASE("the first number lies in the lowest bits of the first byte") {
  std::string packed;
  pack_bits(std::vector<std::uint64_t>{1, 2, 3, 4, 5}, 3, packed);
  // 101 100 011 010 001 from the highest bit on.
  CHECK(packed == std::string{"\xd1\x58"});
}

TEST_CASE("bits above the width are left away") {
  std::string packed;
  pack_bits(std::vector<std::uint64_t>{0xff, 0x100}, 4, packed);
  CHECK(packed == std::string{"\x0f"});
}
