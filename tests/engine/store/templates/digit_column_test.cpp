// SPDX-License-Identifier: MIT
// Runs of digits come back with their leading zeros, in the bits their shape needs.
#include "engine/store/templates/digit_column.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string encoded_of(const std::vector<digit_run>& runs) {
  std::string encoded;
  append_digits(runs, encoded);
  const auto count = static_cast<std::uint32_t>(runs.size());
  byte_reader in{encoded};
  std::vector<digit_run> got;
  REQUIRE(read_digits(in, count, got));
  REQUIRE(in.finished());
  REQUIRE(std::equal(
      got.begin(), got.end(), runs.begin(), runs.end(),
      [](const digit_run& a, const digit_run& b) { return a.value == b.value && a.size == b.size; }));
  byte_reader past{encoded};
  REQUIRE(skip_digits(past, count));
  REQUIRE(past.finished());
  return encoded;
}

std::vector<digit_run> numbers(std::uint32_t count, std::uint64_t first, std::uint64_t step,
                               std::uint64_t of) {
  std::vector<digit_run> runs;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t value = first + i * step % of;
    runs.push_back({value, digits_of(value)});
  }
  return runs;
}

constexpr std::uint64_t greatest = 999'999'999'999'999'999;

}  // namespace

TEST_CASE("numbers take the bits of their range") {
  REQUIRE(encoded_of(numbers(1000, 1, 7919, 999)).size() < 1000 * 10 / 8 + 8);
}

TEST_CASE("numbers that grow evenly take no bits") {
  REQUIRE(encoded_of(numbers(1000, 5'000'000, 40, UINT64_MAX)).size() < 16);
}

TEST_CASE("runs of one size take no bits for their leading zeros") {
  std::vector<digit_run> runs;
  for (std::uint32_t i = 0; i < 1000; ++i) runs.push_back({i * 37 % 60, 2});
  REQUIRE(encoded_of(runs).size() < 1000 * 6 / 8 + 8);
}

TEST_CASE("runs of any size and number come back") {
  encoded_of({{0, 1}});
  encoded_of({{0, 18}, {greatest, 18}, {0, 18}, {greatest, 18}});
  encoded_of({{0, 1}, {greatest, 18}, {0, 1}});
  const std::uint64_t seed = seed_or(34);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 200; ++round) {
    std::vector<digit_run> runs;
    const std::uint32_t most_size = 1 + random.below(digit_run::most_size);
    for (std::uint32_t i = 1 + random.below(200); i > 0; --i) {
      digit_run run{0, 1 + random.below(most_size)};
      for (std::uint32_t j = 0; j < run.size; ++j) run.value = run.value * 10 + random.below(10);
      runs.push_back(run);
    }
    encoded_of(runs);
  }
}

TEST_CASE("a number that is larger than its run is refused") {
  // Runs of one digit, from 10 on, no bits each.
  std::string encoded{'\0', '\1', '\12', '\0'};
  byte_reader in{encoded};
  std::vector<digit_run> got;
  REQUIRE_FALSE(read_digits(in, 3, got));
}
