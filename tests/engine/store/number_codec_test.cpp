// SPDX-License-Identifier: MIT
// Integers to bytes and back: none is lost, few bytes are taken, and nothing but an encoding is believed.
#include "engine/store/number_codec.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

using numbers = std::vector<std::int64_t>;

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t highest = std::numeric_limits<std::int64_t>::max();

// Encodes, checks that the same comes back, and returns the size.
std::size_t encoded_size(const numbers& values) {
  std::string encoded;
  encode_numbers(values, encoded);
  numbers decoded;
  REQUIRE(decode_numbers(encoded, static_cast<std::uint32_t>(values.size()), decoded));
  REQUIRE(decoded == values);
  return encoded.size();
}

template <class Next>
numbers make(std::size_t count, Next&& next) {
  numbers made(count);
  for (auto& each : made) each = next();
  return made;
}

// A column of some shape: how wide, how it goes on, how often something else is in it.
numbers random_numbers(random_source& random) {
  const std::uint32_t shape = random.below(6);
  const unsigned width = 1 + random.below(64);
  const std::int64_t factor = one_in(random, 2) ? 1 : 1 + random.below(1'000'000);
  std::uint64_t last = random.next();
  return make(random.below(one_in(random, 10) ? 3000 : 300), [&] {
    const std::uint64_t small = random.next() >> (64 - width);
    if (one_in(random, 50))
      return static_cast<std::int64_t>(random.next());
    switch (shape) {
      case 0:
        return static_cast<std::int64_t>(last++);
      case 1:
        return static_cast<std::int64_t>(last += small);
      case 2:
        return static_cast<std::int64_t>(small * static_cast<std::uint64_t>(factor));
      case 3:
        return one_in(random, 2) ? lowest : highest;
      case 4:
        return static_cast<std::int64_t>(last);
      default:
        return static_cast<std::int64_t>(small & random.next());
    }
  });
}

std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string{digits.substr(i, 2)}, nullptr, 16));
  return bytes;
}

template <class Value>
void check_bytes(std::string_view digits, std::int64_t count, Value&& value) {
  numbers wanted;
  for (std::int64_t i = 0; i < count; ++i) wanted.push_back(value(i));
  numbers read;
  REQUIRE(decode_numbers(from_hex(digits), static_cast<std::uint32_t>(count), read));
  CHECK(read == wanted);
}

}  // namespace

TEST_CASE("numbers of all shapes come back as they were") {
  const std::uint64_t seed = seed_or(2);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 2000; ++round) encoded_size(random_numbers(random));
}

TEST_CASE("the ends of the range come back, alone and beside each other") {
  for (const numbers& each : {numbers{}, numbers{lowest}, numbers{highest}, numbers{lowest, highest},
                              numbers{highest, lowest, 0, -1, 1}, numbers(300, lowest)})
    encoded_size(each);
}

TEST_CASE("what is even, in value or in distance, takes some bytes in all") {
  std::int64_t next = 1'700'000'000'000'000'000;
  CHECK(encoded_size(numbers(8000, 77)) < 16);
  CHECK(encoded_size(make(8000, [&] { return next += 250; })) < 32);
  CHECK(encoded_size(make(8000, [&] { return next -= 1; })) < 32);
}

TEST_CASE("a common divisor costs nothing in each number") {
  random_source random{3};
  const auto milliseconds = [&] { return std::int64_t{random.below(1000)} * 1'000'000; };
  CHECK(encoded_size(make(8000, milliseconds)) < 8000 * 10.1 / 8);
}

TEST_CASE("uniform numbers take their width and hardly more") {
  random_source random{4};
  CHECK(encoded_size(make(8000, [&] { return 1000 + std::int64_t{random.below(200'000)}; })) <
        8000 * 18.1 / 8);
  CHECK(encoded_size(make(8000, [&] { return std::int64_t{random.below(4)}; })) < 8000 * 2.1 / 8);
}

TEST_CASE("numbers that are mostly small take less than the width of the largest") {
  random_source random{5};
  const auto skewed = [&] { return std::int64_t{random.below(one_in(random, 20) ? 131'072 : 256)}; };
  const auto rarely = [&] { return one_in(random, 100) ? highest : std::int64_t{random.below(16)}; };
  CHECK(encoded_size(make(8000, skewed)) < 8000 * 11 / 8);
  CHECK(encoded_size(make(8000, rarely)) < 8000 * 5.5 / 8);
}

TEST_CASE("sorted times take the bits of their distances") {
  random_source random{6};
  numbers times = make(8000, [&] { return std::int64_t{random.below(60'000)} * 1'000'000; });
  std::sort(times.begin(), times.end());
  CHECK(encoded_size(times) < 8000 * 5 / 8);
}

TEST_CASE("an encoding that is cut, longer, or asked for another count is refused or gives as many numbers") {
  random_source random{7};
  for (int round = 0; round < 200; ++round) {
    const numbers values = random_numbers(random);
    if (values.empty())
      continue;
    std::string encoded;
    encode_numbers(values, encoded);
    const auto count = static_cast<std::uint32_t>(values.size());
    numbers decoded;
    CHECK_FALSE(decode_numbers(encoded.substr(0, random.below(static_cast<std::uint32_t>(encoded.size()))),
                               count, decoded));
    CHECK_FALSE(decode_numbers(encoded + '\0', count, decoded));
    CHECK_FALSE(decode_numbers(encoded, 0, decoded));
    if (decode_numbers(encoded, count + 1, decoded))
      CHECK(decoded.size() == count + 1);
  }
}

TEST_CASE("bytes that are no encoding do no harm") {
  const std::uint64_t seed = seed_or(8);
  INFO(describe_seed(seed));
  random_source random{seed};
  numbers decoded;
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes;
    encode_numbers(random_numbers(random), bytes);
    for (std::uint32_t left = 1 + random.below(4); left > 0 && !bytes.empty(); --left)
      bytes[random.below(std::min<std::uint32_t>(24, static_cast<std::uint32_t>(bytes.size())))] =
          static_cast<char>(random.next());
    const std::uint32_t count = random.below(400);
    if (decode_numbers(bytes, count, decoded))
      REQUIRE(decoded.size() == count);
  }
}

// As docs/formats/column.md has them; each has been written once and can be read for ever.
TEST_CASE("numbers of every packing are read from their bytes") {
  // In groups; flat, with bits through zstd; differences of differences, with a divisor; flat, with a list.
  check_bytes(
      "00cf070102d007e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e4e40a006c6ea85c5e285d"
      "63480dccefad72b688de685e6544cd234a14005c6e74bda44e29606c603de44b1b1ccc2e76c4c0bee961737cada44d22"
      "383cef77cbdc2eaa637a981d654f29540ca079d2f89e6a6581b48d255130707c607bd9",
      200, [](auto i) { return i < 128 ? i % 4 : i * 7919 % 1000 - 500; });
  check_bytes(
      "040001000006008d0128b52ffd602c001d0400024c1e0810f86c061fab4c01dfc70ff48dfd04dfc98ff4adfd0cdfcb0f"
      "f5cdfd14dfcd8ff5edfd1cdfcf0ff60dfc24dfd18ff62dfc2cdfd30ff74dfc34dfd58ff76dfc3cdfd70ff08dfc44dfd9"
      "8ff0adfc4cdfdb0ff1cdfc54dfdd8ff1edfc5cdfef07f9867eb2efe047f9967eb6efe187f9a67ebaefe2c7f9b67e0301"
      "00c0344c8d14",
      300, [](auto i) { return i % 3 == 0 ? i * 37 % 64 : i % 2; });
  check_bytes("0600e807000204000000", 300, [](auto i) { return i * i * 1000; });
  check_bytes(
      "040001000100280731060d060e0634060506380616061906040614060c0629062e061b062d062706090610063c061306"
      "0f06300639062a06030d24062f0622063a063a0622062f06240d03062a06390630060f0613063c362ddba665dbb46c9b"
      "966dd3b26d5ab64dcbb669d9366ddba665dbb46c9bb66dd3b26d5ab60d",
      300, [](auto i) { return i % 7 == 0 ? i * i % 61 : i * i % 3; });
}
