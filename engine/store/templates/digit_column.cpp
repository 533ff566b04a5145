// SPDX-License-Identifier: MIT
// Runs of decimal digits as numbers, leading zeros and all.
#include "engine/store/templates/digit_column.hpp"

#include "engine/store/templates/bit_stream.hpp"

#include <algorithm>
#include <array>

namespace logstream {

namespace {

// Persisted; a shape's size byte says how many digits each run has, or zero: as many as its number needs.
enum class digit_mode : std::uint8_t { numbers = 0, differences = 1, ragged = 2 };

constexpr std::array<std::uint64_t, digit_run::most_size + 1> powers_of_ten = [] {
  std::array<std::uint64_t, digit_run::most_size + 1> powers{1};
  for (std::size_t i = 1; i < powers.size(); ++i) powers[i] = powers[i - 1] * 10;
  return powers;
}();

constexpr std::uint64_t too_many_bits = UINT64_MAX;
// Of the difference of two numbers, and of that of two such differences.
constexpr unsigned most_width = 61;

struct statistics {
  std::uint64_t least = UINT64_MAX;
  std::uint64_t greatest = 0;
  std::int64_t least_step = INT64_MAX;
  std::int64_t greatest_step = INT64_MIN;
  std::uint32_t least_size = digit_run::most_size;
  std::uint32_t greatest_size = 0;
  bool leading_zeros = false;
  std::uint64_t ragged_bits = 0;
};

unsigned ragged_width(std::uint32_t size) {
  return bit_width_of(powers_of_ten[size] - 1);
}

statistics statistics_of(std::span<const digit_run> runs) {
  statistics all;
  std::uint64_t before = runs.empty() ? 0 : runs.front().value;
  for (const digit_run& each : runs) {
    all.least = std::min(all.least, each.value);
    all.greatest = std::max(all.greatest, each.value);
    if (&each != runs.data()) {
      const auto step = static_cast<std::int64_t>(each.value - before);
      all.least_step = std::min(all.least_step, step);
      all.greatest_step = std::max(all.greatest_step, step);
    }
    before = each.value;
    all.least_size = std::min(all.least_size, each.size);
    all.greatest_size = std::max(all.greatest_size, each.size);
    all.leading_zeros |= each.size > 1 && each.value < powers_of_ten[each.size - 1];
    all.ragged_bits += ragged_width(each.size);
  }
  return all;
}

void append_ragged(std::span<const digit_run> runs, const statistics& all, std::string& out) {
  byte_writer writer{out};
  writer.fixed(digit_mode::ragged);
  const unsigned size_width = bit_width_of(all.greatest_size - all.least_size);
  writer.fixed(static_cast<std::uint8_t>(all.least_size));
  writer.fixed(static_cast<std::uint8_t>(size_width));
  writer.varint((all.ragged_bits + runs.size() * size_width + 7) / 8);
  bit_writer bits{out};
  for (const digit_run& each : runs) bits.put(each.size - all.least_size, size_width);
  for (const digit_run& each : runs) bits.put(each.value, ragged_width(each.size));
  bits.flush();
}

void append_numbers(std::span<const digit_run> runs, const statistics& all, std::string& out) {
  byte_writer{out}.varint(all.least);
  const unsigned width = bit_width_of(all.greatest - all.least);
  byte_writer{out}.fixed(static_cast<std::uint8_t>(width));
  bit_writer bits{out};
  for (const digit_run& each : runs) bits.put(each.value - all.least, width);
  bits.flush();
}

void append_differences(std::span<const digit_run> runs, const statistics& all, std::string& out) {
  byte_writer writer{out};
  writer.varint(runs.front().value);
  writer.zigzag(all.least_step);
  const unsigned width = bit_width_of(static_cast<std::uint64_t>(all.greatest_step - all.least_step));
  writer.fixed(static_cast<std::uint8_t>(width));
  bit_writer bits{out};
  for (std::size_t i = 1; i < runs.size(); ++i)
    bits.put(runs[i].value - runs[i - 1].value - static_cast<std::uint64_t>(all.least_step), width);
  bits.flush();
}

// A number read from bytes that may be anything, as a run of `size` digits, or of as many as it needs.
digit_run run_of(std::uint64_t value, unsigned size, bool& fits) {
  fits &= value < powers_of_ten[size == 0 ? digit_run::most_size : size];
  return {value, size == 0 ? digits_of(value) : size};
}

bool read_numbers(byte_reader& in, std::uint32_t count, unsigned size, std::vector<digit_run>& runs) {
  const std::uint64_t least = in.varint();
  const unsigned width = in.fixed<std::uint8_t>();
  if (width > most_width)
    return false;
  bit_reader bits{in.raw(bit_reader::bytes_of(count, width))};
  bool fits = in.ok();
  for (std::uint32_t i = 0; fits && i < count; ++i)
    runs.push_back(run_of(least + bits.take(width), size, fits));
  return fits;
}

bool read_differences(byte_reader& in, std::uint32_t count, unsigned size, std::vector<digit_run>& runs) {
  std::uint64_t value = in.varint();
  const auto least = static_cast<std::uint64_t>(in.zigzag());
  const unsigned width = in.fixed<std::uint8_t>();
  if (width > most_width || count == 0)
    return false;
  bit_reader bits{in.raw(bit_reader::bytes_of(count - 1, width))};
  bool fits = in.ok();
  runs.push_back(run_of(value, size, fits));
  for (std::uint32_t i = 1; fits && i < count; ++i) {
    value += least + bits.take(width);
    runs.push_back(run_of(value, size, fits));
  }
  return fits;
}

bool read_ragged(byte_reader& in, std::uint32_t count, unsigned least, std::vector<digit_run>& runs) {
  const unsigned size_width = in.fixed<std::uint8_t>();
  const std::string_view bytes = in.text();
  if (size_width > 5 || bytes.size() < bit_reader::bytes_of(count, size_width))
    return false;
  const std::size_t begin = runs.size();
  bit_reader bits{bytes};
  std::uint64_t total = std::uint64_t{count} * size_width;
  for (std::uint32_t i = 0; i < count; ++i) {
    const auto size = static_cast<std::uint32_t>(least + bits.take(size_width));
    if (size == 0 || size > digit_run::most_size)
      return false;
    total += ragged_width(size);
    runs.push_back({0, size});
  }
  bool fits = bytes.size() == (total + 7) / 8;
  for (std::size_t i = begin; fits && i < runs.size(); ++i)
    runs[i] = run_of(bits.take(ragged_width(runs[i].size)), runs[i].size, fits);
  return fits;
}

}  // namespace

unsigned digits_of(std::uint64_t value) {
  unsigned digits = 1;
  for (; digits < powers_of_ten.size() && value >= powers_of_ten[digits]; ++digits) {
  }
  return digits;
}

void append_digits(std::span<const digit_run> runs, std::string& out) {
  const statistics all = statistics_of(runs);
  const bool one_size = all.least_size == all.greatest_size;
  const bool numbers = one_size || !all.leading_zeros;
  const std::uint64_t count = runs.size();
  const std::uint64_t plain = numbers ? count * bit_width_of(all.greatest - all.least) : too_many_bits;
  const std::uint64_t steps =
      numbers && count > 1
          ? 24 + count * bit_width_of(static_cast<std::uint64_t>(all.greatest_step - all.least_step))
          : too_many_bits;
  const std::uint64_t ragged = all.ragged_bits + count * bit_width_of(all.greatest_size - all.least_size);
  if (ragged < std::min(plain, steps)) {
    append_ragged(runs, all, out);
    return;
  }
  byte_writer{out}.fixed(plain <= steps ? digit_mode::numbers : digit_mode::differences);
  byte_writer{out}.fixed(static_cast<std::uint8_t>(all.leading_zeros ? all.greatest_size : 0));
  if (plain <= steps)
    append_numbers(runs, all, out);
  else
    append_differences(runs, all, out);
}

bool read_digits(byte_reader& in, std::uint32_t count, std::vector<digit_run>& runs) {
  const auto mode = in.fixed<digit_mode>();
  const unsigned size = in.fixed<std::uint8_t>();
  if (!in.ok() || size > digit_run::most_size)
    return false;
  switch (mode) {
    case digit_mode::numbers:
      return read_numbers(in, count, size, runs);
    case digit_mode::differences:
      return read_differences(in, count, size, runs);
    case digit_mode::ragged:
      return read_ragged(in, count, size, runs);
  }
  return false;
}

bool skip_digits(byte_reader& in, std::uint32_t count) {
  const auto mode = in.fixed<digit_mode>();
  in.fixed<std::uint8_t>();
  if (mode == digit_mode::ragged) {
    in.fixed<std::uint8_t>();
    in.text();
    return in.ok();
  }
  in.varint();
  if (mode == digit_mode::differences)
    in.varint();
  const unsigned width = in.fixed<std::uint8_t>();
  in.raw(bit_reader::bytes_of(mode == digit_mode::differences ? count - 1 : count, width));
  return in.ok();
}

}  // namespace logstream
