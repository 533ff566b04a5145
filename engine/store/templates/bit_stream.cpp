// SPDX-License-Identifier: MIT
// Numbers of any width end to end, lowest bit first.
#include "engine/store/templates/bit_stream.hpp"

#include <bit>
#include <cstring>

namespace logstream {

static_assert(std::endian::native == std::endian::little, "words are stored and loaded as they are");

unsigned bit_width_of(std::uint64_t greatest) {
  return static_cast<unsigned>(std::bit_width(greatest));
}

void bit_writer::put(std::uint64_t value, unsigned width) {
  if (used_ + width > 64)
    drain();
  // A number of more than 57 bits may still not fit behind the seven that can be left.
  if (used_ + width > 64) {
    const unsigned low = 32;
    put(value & 0xffffffff, low);
    put(value >> low, width - low);
    return;
  }
  held_ |= value << (used_ & 63);
  used_ += width;
}

void bit_writer::drain() {
  char bytes[8];
  std::memcpy(bytes, &held_, sizeof bytes);
  const unsigned whole = used_ / 8;
  to_.append(bytes, whole);
  held_ = whole == 8 ? 0 : held_ >> 8 * whole;
  used_ -= 8 * whole;
}

void bit_writer::flush() {
  used_ = (used_ + 7) / 8 * 8;
  drain();
}

std::uint64_t bit_reader::load(std::uint64_t byte) const {
  std::uint64_t word = 0;
  if (byte + 8 <= from_.size())
    std::memcpy(&word, from_.data() + byte, 8);
  else if (byte < from_.size())
    std::memcpy(&word, from_.data() + byte, from_.size() - byte);
  return word;
}

std::uint64_t bit_reader::take(unsigned width) {
  if (width > 56) {
    const std::uint64_t low = take(32);
    return low | take(width - 32) << 32;
  }
  const std::uint64_t word = load(at_ / 8) >> at_ % 8;
  at_ += width;
  return word & ((std::uint64_t{1} << width) - 1);
}

std::uint64_t bit_reader::bytes_of(std::uint64_t count, unsigned width) {
  if (width != 0 && count > (UINT64_MAX - 7) / width)
    return UINT64_MAX;
  return (count * width + 7) / 8;
}

}  // namespace logstream
