// SPDX-License-Identifier: MIT
// Groups with a width each, or one width, an entropy code above it and a list of what is larger still.
#include "engine/store/number_packing.hpp"

#include "engine/store/bit_packing.hpp"
#include "engine/store/zstd_block.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

namespace logstream {

namespace {

constexpr unsigned word_bits = 64;
constexpr unsigned most_high_bits = 8;

struct number_range {
  std::int64_t least = 0;
  std::int64_t greatest = 0;
};

number_range range_of(std::span<const std::uint64_t> numbers) {
  number_range range{static_cast<std::int64_t>(numbers[0]), static_cast<std::int64_t>(numbers[0])};
  for (const std::uint64_t each : numbers) {
    range.least = std::min(range.least, static_cast<std::int64_t>(each));
    range.greatest = std::max(range.greatest, static_cast<std::int64_t>(each));
  }
  return range;
}

void write_groups(std::span<const std::uint64_t> numbers, std::string& out) {
  byte_writer to{out};
  std::array<std::uint64_t, packing_group> above{};
  for (std::size_t begin = 0; begin < numbers.size(); begin += packing_group) {
    const auto group = numbers.subspan(begin, std::min(packing_group, numbers.size() - begin));
    const number_range range = range_of(group);
    const auto least = static_cast<std::uint64_t>(range.least);
    const auto width =
        static_cast<unsigned>(std::bit_width(static_cast<std::uint64_t>(range.greatest) - least));
    to.fixed(static_cast<std::uint8_t>(width));
    to.zigzag(range.least);
    for (std::size_t i = 0; i < group.size(); ++i) above[i] = group[i] - least;
    pack_bits({above.data(), group.size()}, width, out);
  }
}

bool read_groups(byte_reader& from, std::span<std::uint64_t> numbers) {
  for (std::size_t begin = 0; begin < numbers.size(); begin += packing_group) {
    const auto group = numbers.subspan(begin, std::min(packing_group, numbers.size() - begin));
    const auto width = from.fixed<std::uint8_t>();
    const auto least = static_cast<std::uint64_t>(from.zigzag());
    if (!from.ok() || width > word_bits)
      return false;
    const std::string_view packed = from.raw(packed_size(group.size(), width));
    if (!from.ok())
      return false;
    unpack_bits(packed, width, group);
    for (std::uint64_t& each : group) each += least;
  }
  return true;
}

// The sample's least number may not be the least of all: that one is taken unless it is far away, when it is
// dearer for all the others than a place in the list is for it.
std::uint64_t flat_reference(std::span<const std::uint64_t> numbers, const packing_plan& plan) {
  const std::int64_t least = range_of(numbers).least;
  const auto below = static_cast<std::uint64_t>(plan.reference) - static_cast<std::uint64_t>(least);
  const unsigned width = plan.low_bits + plan.high_bits;
  const bool near = least > plan.reference || (width > 3 && below < std::uint64_t{1} << (width - 3));
  return static_cast<std::uint64_t>(near ? least : plan.reference);
}

// Writes the numbers that have more than `width` bits, and makes them 0.
void write_listed(std::vector<std::uint64_t>& numbers, unsigned width, std::string& out) {
  byte_writer to{out};
  if (width == word_bits) {
    to.varint(0);
    return;
  }
  std::uint64_t count = 0;
  for (const std::uint64_t each : numbers) count += each >> width != 0 ? 1 : 0;
  to.varint(count);
  std::size_t next = 0;
  for (std::size_t i = 0; count > 0; ++i) {
    if (numbers[i] >> width == 0)
      continue;
    to.varint(i - next);
    to.varint(numbers[i]);
    numbers[i] = 0;
    next = i + 1;
    --count;
  }
}

struct listed_number {
  std::size_t at = 0;
  std::uint64_t number = 0;
};

bool read_listed(byte_reader& from, std::size_t most, std::vector<listed_number>& listed) {
  const std::uint64_t count = from.varint();
  // Each takes two bytes at least.
  if (count > most || count > from.left() / 2)
    return false;
  listed.reserve(count);
  std::uint64_t next = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t gap = from.varint();
    if (gap >= most - next)
      return false;
    listed.push_back({static_cast<std::size_t>(next + gap), from.varint()});
    next += gap + 1;
  }
  return from.ok();
}

void write_flat(std::span<const std::uint64_t> numbers, const packing_plan& plan, std::string& out) {
  const std::uint64_t reference = numbers.empty() ? 0 : flat_reference(numbers, plan);
  byte_writer to{out};
  to.zigzag(static_cast<std::int64_t>(reference));
  to.fixed(static_cast<std::uint8_t>(plan.low_bits));
  to.fixed(static_cast<std::uint8_t>(plan.high_bits));
  std::vector<std::uint64_t> above(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) above[i] = numbers[i] - reference;
  write_listed(above, plan.low_bits + plan.high_bits, out);
  pack_bits(above, plan.low_bits, out);
  if (plan.high_bits == 0)
    return;
  std::string high(above.size(), '\0');
  for (std::size_t i = 0; i < above.size(); ++i) high[i] = static_cast<char>(above[i] >> plan.low_bits);
  std::string block;
  compress_block(high, block);
  to.text(block);
}

bool read_flat(byte_reader& from, std::span<std::uint64_t> numbers) {
  const auto reference = static_cast<std::uint64_t>(from.zigzag());
  const unsigned low_bits = from.fixed<std::uint8_t>();
  const unsigned high_bits = from.fixed<std::uint8_t>();
  std::vector<listed_number> listed;
  if (high_bits > most_high_bits || low_bits + high_bits > word_bits ||
      !read_listed(from, numbers.size(), listed))
    return false;
  const std::string_view packed = from.raw(packed_size(numbers.size(), low_bits));
  if (!from.ok())
    return false;
  unpack_bits(packed, low_bits, numbers);
  if (high_bits != 0) {
    std::string high(numbers.size(), '\0');
    const std::string_view block = from.text();
    if (!from.ok() || !decompress_block(block, high.data(), high.size()))
      return false;
    for (std::size_t i = 0; i < numbers.size(); ++i)
      numbers[i] |= std::uint64_t{static_cast<unsigned char>(high[i])} << low_bits;
  }
  for (const listed_number& each : listed) numbers[each.at] = each.number;
  for (std::uint64_t& each : numbers) each += reference;
  return true;
}

}  // namespace

void write_packed(std::span<const std::uint64_t> numbers, const packing_plan& plan, std::string& out) {
  if (plan.flat)
    write_flat(numbers, plan, out);
  else
    write_groups(numbers, out);
}

bool read_packed(byte_reader& from, bool flat, std::span<std::uint64_t> numbers) {
  return flat ? read_flat(from, numbers) : read_groups(from, numbers);
}

}  // namespace logstream
