// SPDX-License-Identifier: MIT
// Bitmaps come back as they were, and bytes that are none are found out.
#include "engine/store/segment_bits.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::vector<std::uint64_t> random_bits(random_source& random, std::uint32_t count, std::uint32_t of_hundred) {
  std::vector<std::uint64_t> words(bit_words(count));
  for (std::uint32_t i = 0; i < count; ++i)
    if (random.below(100) < of_hundred)
      words[i / 64] |= std::uint64_t{1} << i % 64;
  return words;
}

}  // namespace

TEST_CASE("bits come back as they were, however many are set") {
  const std::uint64_t seed = seed_or(36);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 500; ++round) {
    const std::uint32_t count = 1 + random.below(300);
    const auto words = random_bits(random, count, pick(random, std::vector{0u, 3u, 50u, 97u, 100u}));
    std::string bytes;
    byte_writer to{bytes};
    append_bits(words, count, to);
    REQUIRE(bytes.size() <= 1 + (count + 7) / 8 + 1);
    byte_reader from{bytes};
    REQUIRE(take_bits(from, count) == words);
    REQUIRE(from.finished());
  }
}

TEST_CASE("few bits of many take few bytes") {
  std::vector<std::uint64_t> words(bit_words(8192));
  words[3] = 1;
  words[100] = 1;
  std::string bytes;
  byte_writer to{bytes};
  append_bits(words, 8192, to);
  CHECK(bytes.size() < 10);
}

TEST_CASE("bytes that may be anything give bits within the count or fail") {
  random_source random{seed_or(37)};
  for (int round = 0; round < 5000; ++round) {
    std::string bytes;
    for (std::uint32_t left = random.below(20); left > 0; --left)
      bytes += static_cast<char>(one_in(random, 2) ? random.below(4) : random.below(256));
    const std::uint32_t count = 1 + random.below(130);
    byte_reader from{bytes};
    const auto words = take_bits(from, count);
    if (from.ok() && count % 64 != 0) {
      REQUIRE(words.size() == bit_words(count));
      REQUIRE(words.back() >> count % 64 == 0);
    }
  }
}
