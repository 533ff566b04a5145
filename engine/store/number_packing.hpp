// SPDX-License-Identifier: MIT
// A sequence of numbers to bits: what number_codec does after it has made them small.
#pragma once

#include "engine/base/bytes.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace logstream {

/// Numbers of one group have one width. Persisted: the format depends on it.
inline constexpr std::size_t packing_group = 128;

/// How a sequence is packed. Numbers are those of 64 bits, as two's complement where they are compared.
struct packing_plan {
  /// What it is thought to take, in all.
  double bits = 0;
  /// False: each group has its own reference and width. True: one reference; the lowest bits packed, the
  /// `high_bits` above them a byte each through zstd, and a list of the numbers that have more.
  bool flat = false;
  std::int64_t reference = 0;
  unsigned low_bits = 0;
  unsigned high_bits = 0;
};

/// Chooses for a sequence of `count` numbers of which `sample`, groups of neighbours, are some.
packing_plan plan_packing(std::span<const std::uint64_t> sample, std::size_t count);

/// Appends `numbers`, as planned; the plan decides on the size alone.
void write_packed(std::span<const std::uint64_t> numbers, const packing_plan& plan, std::string& out);

/// Fills `numbers` from what write_packed wrote. False if it is broken.
bool read_packed(byte_reader& from, bool flat, std::span<std::uint64_t> numbers);

}  // namespace logstream
