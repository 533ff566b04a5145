// SPDX-License-Identifier: MIT
// Numbers of any width end to end, lowest bit first.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace logstream {

/// How many bits hold each number up to `greatest`.
unsigned bit_width_of(std::uint64_t greatest);

/// Appends numbers to a text; flush() fills the last byte with zeros.
class bit_writer {
 public:
  explicit bit_writer(std::string& to) : to_(to) {}

  /// REQUIRES: width <= 61, and `value` fits into it.
  void put(std::uint64_t value, unsigned width);
  void flush();

 private:
  void drain();

  std::string& to_;
  std::uint64_t held_ = 0;
  unsigned used_ = 0;
};

/// Reads what bit_writer wrote. What lies behind the end is zeros: compare bytes_of() with what there is.
class bit_reader {
 public:
  explicit bit_reader(std::string_view from) : from_(from) {}

  /// REQUIRES: width <= 61.
  std::uint64_t take(unsigned width);

  /// How many bytes `count` numbers take; as many as there can be if that overflows.
  static std::uint64_t bytes_of(std::uint64_t count, unsigned width);

 private:
  std::uint64_t load(std::uint64_t byte) const;

  std::string_view from_;
  std::uint64_t at_ = 0;
};

}  // namespace logstream
