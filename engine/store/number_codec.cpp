// SPDX-License-Identifier: MIT
// All arithmetic is modulo 2^64, so that no value and no difference is out of range.
#include "engine/store/number_codec.hpp"

#include "engine/base/bytes.hpp"
#include "engine/store/number_packing.hpp"

#include <algorithm>
#include <numeric>

namespace logstream {

namespace {

// How often differences are taken; the numbers that have no predecessor stand before the packed ones.
// Persisted in the first byte, with `flat_bit`.
constexpr unsigned most_orders = 3;
constexpr std::uint8_t flat_bit = 4;

constexpr std::size_t sampled_groups = 8;

// The values as multiples of `divisor` above `least`.
struct scaled_values {
  std::int64_t least = 0;
  std::uint64_t divisor = 1;
  std::vector<std::uint64_t> numbers;
};

std::uint64_t common_divisor(std::span<const std::uint64_t> numbers) {
  std::uint64_t divisor = 0;
  for (const std::uint64_t each : numbers) {
    if (divisor != 0 && each % divisor == 0)
      continue;
    divisor = std::gcd(divisor, each);
    if (divisor == 1)
      break;
  }
  return divisor == 0 ? 1 : divisor;
}

scaled_values scale(std::span<const std::int64_t> values) {
  scaled_values scaled;
  scaled.least = values[0];
  for (const std::int64_t each : values) scaled.least = std::min(scaled.least, each);
  scaled.numbers.resize(values.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    scaled.numbers[i] = static_cast<std::uint64_t>(values[i]) - static_cast<std::uint64_t>(scaled.least);
  scaled.divisor = common_divisor(scaled.numbers);
  if (scaled.divisor != 1)
    for (std::uint64_t& each : scaled.numbers) each /= scaled.divisor;
  return scaled;
}

// Leaves the numbers before `first` as they are.
void take_differences(std::span<std::uint64_t> numbers, std::size_t first) {
  for (std::size_t i = numbers.size() - 1; i >= first; --i) numbers[i] -= numbers[i - 1];
}

void sum_up(std::span<std::uint64_t> numbers, std::size_t first) {
  std::uint64_t sum = numbers[first - 1];
  for (std::size_t i = first; i < numbers.size(); ++i) numbers[i] = sum += numbers[i];
}

// Groups of neighbours, as they are after `order` differences.
std::vector<std::uint64_t> sample_of(std::span<const std::uint64_t> numbers, unsigned order) {
  const std::size_t count = numbers.size() - order;
  const std::size_t groups = (count + packing_group - 1) / packing_group;
  const std::size_t taken = std::min(groups, sampled_groups);
  std::vector<std::uint64_t> sample;
  sample.reserve(taken * packing_group);
  for (std::size_t n = 0; n < taken; ++n) {
    const std::size_t begin = order + n * groups / taken * packing_group;
    const std::size_t end = std::min(begin + packing_group, numbers.size());
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint64_t before = order > 0 ? numbers[i - 1] : 0;
      const std::uint64_t before_that = order > 1 ? numbers[i - 1] - numbers[i - 2] : 0;
      sample.push_back(numbers[i] - before - before_that);
    }
  }
  return sample;
}

}  // namespace

void encode_numbers(std::span<const std::int64_t> values, std::string& out) {
  if (values.empty())
    return;
  scaled_values scaled = scale(values);
  std::vector<std::uint64_t>& numbers = scaled.numbers;
  unsigned order = 0;
  packing_plan plan = plan_packing(sample_of(numbers, 0), numbers.size());
  for (unsigned each = 1; each < most_orders && each < numbers.size() && plan.bits > 0; ++each) {
    const packing_plan other = plan_packing(sample_of(numbers, each), numbers.size() - each);
    // A number before the packed ones takes some bits too.
    constexpr double head_bits = 16;
    constexpr double worth = 0.99;
    if (other.bits + head_bits < plan.bits * worth) {
      order = each;
      plan = other;
    }
  }
  for (unsigned each = 1; each <= order; ++each) take_differences(numbers, each);
  byte_writer to{out};
  to.fixed(static_cast<std::uint8_t>(order | (plan.flat ? flat_bit : 0u)));
  to.zigzag(scaled.least);
  to.varint(scaled.divisor);
  for (unsigned each = 0; each < order; ++each) to.zigzag(static_cast<std::int64_t>(numbers[each]));
  write_packed(std::span{numbers}.subspan(order), plan, out);
}

result<void> decode_numbers(std::string_view encoded, std::uint32_t count, std::vector<std::int64_t>& out) {
  const auto broken = [] { return make_error(errc::invalid, "a sequence of numbers is broken"); };
  out.clear();
  if (count == 0)
    return encoded.empty() ? result<void>{} : broken();
  byte_reader from{encoded};
  const auto kind = from.fixed<std::uint8_t>();
  const unsigned order = kind & (flat_bit - 1u);
  const auto least = static_cast<std::uint64_t>(from.zigzag());
  const std::uint64_t divisor = from.varint();
  if (!from.ok() || kind >= 2 * flat_bit || order >= most_orders || order > count)
    return broken();
  out.resize(count);
  // The unsigned counterpart of the type may read and write the same memory.
  const std::span<std::uint64_t> numbers{reinterpret_cast<std::uint64_t*>(out.data()), out.size()};
  for (unsigned each = 0; each < order; ++each) numbers[each] = static_cast<std::uint64_t>(from.zigzag());
  if (!read_packed(from, (kind & flat_bit) != 0, numbers.subspan(order)) || !from.finished())
    return broken();
  for (unsigned each = order; each > 0; --each) sum_up(numbers, each);
  for (std::uint64_t& each : numbers) each = each * divisor + least;
  return {};
}

}  // namespace logstream
