// SPDX-License-Identifier: MIT
// What each way of packing would take, reckoned from a sample.
#include "engine/store/number_packing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace logstream {

namespace {

constexpr unsigned most_high_bits = 8;
// Fewer numbers do not pay for the tables of an entropy code.
constexpr std::size_t smallest_entropy = 100;

std::int64_t least_of(std::span<const std::uint64_t> numbers) {
  auto least = static_cast<std::int64_t>(numbers[0]);
  for (const std::uint64_t each : numbers) least = std::min(least, static_cast<std::int64_t>(each));
  return least;
}

std::int64_t greatest_of(std::span<const std::uint64_t> numbers) {
  auto greatest = static_cast<std::int64_t>(numbers[0]);
  for (const std::uint64_t each : numbers) greatest = std::max(greatest, static_cast<std::int64_t>(each));
  return greatest;
}

// What a varint of a number of `width` bits takes.
unsigned varint_bits(unsigned width) {
  return 8 * std::max(1u, (width + 6) / 7);
}

double grouped_bits(std::span<const std::uint64_t> sample) {
  double bits = 0;
  for (std::size_t begin = 0; begin < sample.size(); begin += packing_group) {
    const auto group = sample.subspan(begin, std::min(packing_group, sample.size() - begin));
    const std::int64_t least = least_of(group);
    const auto range = static_cast<std::uint64_t>(greatest_of(group)) - static_cast<std::uint64_t>(least);
    const auto zigzag = static_cast<std::uint64_t>(least) << 1 ^ static_cast<std::uint64_t>(least >> 63);
    bits += static_cast<double>(std::bit_width(range)) * static_cast<double>(group.size()) + 8 +
            varint_bits(static_cast<unsigned>(std::bit_width(zigzag)));
  }
  return bits;
}

// The width above which a number is cheaper in the list, and the bits of that list.
struct width_choice {
  unsigned width = 64;
  double listed_bits = 0;
};

width_choice choose_width(std::span<const std::uint64_t> sample, std::uint64_t reference) {
  std::array<std::uint32_t, 65> counts{};
  for (const std::uint64_t each : sample)
    ++counts[static_cast<std::size_t>(std::bit_width(each - reference))];
  width_choice best;
  double best_bits = -1;
  double listed = 0;
  for (unsigned width = 64;; --width) {
    const double bits = width * static_cast<double>(sample.size()) + listed;
    if (best_bits < 0 || bits < best_bits) {
      best_bits = bits;
      best = {width, listed};
    }
    if (width == 0)
      return best;
    constexpr unsigned gap_bits = 12;
    listed += counts[width] * static_cast<double>(varint_bits(width) + gap_bits);
  }
}

// Bits of all high parts under an entropy code.
double entropy_bits(std::span<const std::uint64_t> sample, std::uint64_t reference, unsigned low_bits,
                    unsigned high_bits) {
  std::array<std::uint32_t, 256> counts{};
  std::uint32_t inside = 0;
  for (const std::uint64_t each : sample) {
    const std::uint64_t high = low_bits == 64 ? 0 : (each - reference) >> low_bits;
    if (high >> high_bits != 0)
      continue;
    ++counts[high];
    ++inside;
  }
  double bits = 0;
  for (const std::uint32_t count : counts)
    if (count != 0)
      bits += count * std::log2(static_cast<double>(inside) / count);
  return bits;
}

// What the frame and the code lengths take.
constexpr double frame_bits = 8 * 14;
double table_bits(unsigned high_bits) {
  return 4.0 * static_cast<double>(1u << high_bits);
}

}  // namespace

packing_plan plan_packing(std::span<const std::uint64_t> sample, std::size_t count) {
  packing_plan plan;
  if (sample.empty()) {
    plan.flat = true;
    return plan;
  }
  const double scale = static_cast<double>(count) / static_cast<double>(sample.size());
  plan.bits = grouped_bits(sample) * scale;
  plan.reference = least_of(sample);
  const auto reference = static_cast<std::uint64_t>(plan.reference);
  const width_choice chosen = choose_width(sample, reference);
  const double flat_bits =
      (chosen.width * static_cast<double>(sample.size()) + chosen.listed_bits) * scale + 24;
  if (flat_bits <= plan.bits) {
    plan.bits = flat_bits;
    plan.flat = true;
    plan.low_bits = chosen.width;
  }
  if (count < smallest_entropy || chosen.width == 0)
    return plan;
  const unsigned high_bits = std::min(chosen.width, most_high_bits);
  const unsigned low_bits = chosen.width - high_bits;
  const double mixed_bits = (low_bits * static_cast<double>(sample.size()) + chosen.listed_bits +
                             entropy_bits(sample, reference, low_bits, high_bits)) *
                                scale +
                            24 + frame_bits + table_bits(high_bits);
  // It takes longer to read, which a few bits do not pay for.
  constexpr double worth = 0.96;
  if (mixed_bits < plan.bits * worth) {
    plan.bits = mixed_bits;
    plan.flat = true;
    plan.low_bits = low_bits;
    plan.high_bits = high_bits;
  }
  return plan;
}

}  // namespace logstream
