// SPDX-License-Identifier: MIT
// Eight bytes a step, their case folded in the register.
#include "engine/store/word.hpp"

#include "engine/base/little_endian.hpp"

namespace logstream {

namespace {

constexpr std::size_t step = 8;

constexpr std::uint64_t in_each_byte(std::uint64_t value) {
  return value * 0x0101010101010101u;
}

// Makes small letters of the capital ones among eight bytes. Without their high bits no sum reaches the next
// byte; the high bit of a sum then says whether the byte is at least 'A', at least '['.
std::uint64_t folded(std::uint64_t bytes) {
  const std::uint64_t low = bytes & in_each_byte(0x7f);
  const std::uint64_t from_a = low + in_each_byte(0x80 - 'A');
  const std::uint64_t beyond_z = low + in_each_byte(0x80 - 'Z' - 1);
  return bytes | ((from_a ^ beyond_z) & ~bytes & in_each_byte(0x80)) >> 2;
}

std::uint64_t load_last(const char* from, std::size_t size, const char* readable_end) {
  if (static_cast<std::size_t>(readable_end - from) < step)
    return load_little(from, size);
  return load_little(from) & ~std::uint64_t{0} >> 8 * (step - size);
}

}  // namespace

std::uint64_t word_hash(std::string_view word) {
  return word_hash(word, word.data() + word.size());
}

std::uint64_t word_hash(std::string_view word, const char* readable_end) {
  std::uint64_t hash = word.size() * 0x9e3779b97f4a7c15u;
  const char* at = word.data();
  std::size_t left = word.size();
  for (; left > step; at += step, left -= step) {
    hash = (hash ^ folded(load_little(at))) * 0xbf58476d1ce4e5b9u;
    hash ^= hash >> 32;
  }
  if (left != 0)
    hash ^= folded(load_last(at, left, readable_end));
  return scramble(hash);
}

}  // namespace logstream
