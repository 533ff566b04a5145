// SPDX-License-Identifier: MIT
// Eight numbers at a time: eight numbers of n bits are n bytes, so that every shift is known to the compiler.
#include "engine/store/bit_packing.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

namespace logstream {

namespace {

static_assert(std::endian::native == std::endian::little, "words are loaded and stored as they are");

constexpr std::size_t per_step = 8;

constexpr std::uint64_t low_bits(unsigned width) {
  return width == 0 ? 0 : ~std::uint64_t{0} >> (64 - width);
}

// Number `Index` of eight; reads up to nine bytes behind the one it begins in.
template <unsigned Width, unsigned Index>
std::uint64_t read_number(const char* from) {
  constexpr unsigned shift = Index * Width % 8;
  std::uint64_t word = 0;
  std::memcpy(&word, from + Index * Width / 8, sizeof word);
  word >>= shift;
  if constexpr (shift + Width > 64)
    word |= std::uint64_t{static_cast<unsigned char>(from[Index * Width / 8 + 8])} << (64 - shift);
  return word & low_bits(Width);
}

template <unsigned Width, unsigned Index>
void write_number(std::array<std::uint64_t, per_step + 1>& words, std::uint64_t number) {
  constexpr unsigned shift = Index * Width % 64;
  number &= low_bits(Width);
  words[Index * Width / 64] |= number << shift;
  if constexpr (shift + Width > 64)
    words[Index * Width / 64 + 1] |= number >> (64 - shift);
}

template <unsigned Width, unsigned... Index>
void unpack_steps(const char* from, std::uint64_t* to, std::size_t steps,
                  std::integer_sequence<unsigned, Index...>) {
  for (; steps > 0; --steps, from += Width, to += per_step)
    ((to[Index] = read_number<Width, Index>(from)), ...);
}

template <unsigned Width, unsigned... Index>
void pack_steps(const std::uint64_t* from, char* to, std::size_t steps,
                std::integer_sequence<unsigned, Index...>) {
  for (; steps > 0; --steps, from += per_step, to += Width) {
    std::array<std::uint64_t, per_step + 1> words{};
    (write_number<Width, Index>(words, from[Index]), ...);
    std::memcpy(to, words.data(), Width);
  }
}

using step_indexes = std::make_integer_sequence<unsigned, per_step>;
using unpack_function = void (*)(const char*, std::uint64_t*, std::size_t, step_indexes);
using pack_function = void (*)(const std::uint64_t*, char*, std::size_t, step_indexes);

template <unsigned... Width>
constexpr std::array<unpack_function, sizeof...(Width)> unpack_table(
    std::integer_sequence<unsigned, Width...>) {
  return {&unpack_steps<Width>...};
}

template <unsigned... Width>
constexpr std::array<pack_function, sizeof...(Width)> pack_table(std::integer_sequence<unsigned, Width...>) {
  return {&pack_steps<Width>...};
}

constexpr auto unpackers = unpack_table(std::make_integer_sequence<unsigned, 65>{});
constexpr auto packers = pack_table(std::make_integer_sequence<unsigned, 65>{});

// A word is loaded where a number begins: the last numbers need so many bytes behind the packed ones.
constexpr std::size_t overread = 16;

}  // namespace

void pack_bits(std::span<const std::uint64_t> numbers, unsigned width, std::string& out) {
  if (width == 0)
    return;
  const std::size_t begin = out.size();
  out.resize(begin + packed_size(numbers.size(), width));
  const std::size_t steps = numbers.size() / per_step;
  packers[width](numbers.data(), out.data() + begin, steps, {});
  const std::size_t left = numbers.size() % per_step;
  if (left == 0)
    return;
  std::array<std::uint64_t, per_step> last{};
  std::memcpy(last.data(), numbers.data() + steps * per_step, left * sizeof(std::uint64_t));
  std::array<char, 64> bytes{};
  packers[width](last.data(), bytes.data(), 1, {});
  std::memcpy(out.data() + begin + steps * width, bytes.data(), packed_size(left, width));
}

void unpack_bits(std::string_view packed, unsigned width, std::span<std::uint64_t> numbers) {
  // There may be no bytes at all to load from.
  if (width == 0) {
    std::fill(numbers.begin(), numbers.end(), 0);
    return;
  }
  const std::size_t steps = numbers.size() / per_step;
  const std::size_t size = packed_size(numbers.size(), width);
  // So many steps stay within the bytes even with what they read too much.
  const std::size_t safe = std::min(steps, (packed.size() - std::min(packed.size(), overread)) / width);
  unpackers[width](packed.data(), numbers.data(), safe, {});
  std::array<char, 64 + overread> bytes{};
  std::array<std::uint64_t, per_step> last{};
  for (std::size_t done = safe; done * per_step < numbers.size(); ++done) {
    const std::size_t left = std::min(per_step, numbers.size() - done * per_step);
    std::memcpy(bytes.data(), packed.data() + done * width,
                std::min<std::size_t>(width, size - done * width));
    unpackers[width](bytes.data(), last.data(), 1, {});
    std::memcpy(numbers.data() + done * per_step, last.data(), left * sizeof(std::uint64_t));
  }
}

}  // namespace logstream
