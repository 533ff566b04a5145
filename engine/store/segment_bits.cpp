// SPDX-License-Identifier: MIT
// Bit by bit, or the distances between the rarer bits, whichever is smaller.
#include "engine/store/segment_bits.hpp"

#include <bit>

namespace logstream {

namespace {

// Persisted: values never change.
enum class bit_encoding : std::uint8_t { plain = 0, places_of_ones = 1, places_of_zeros = 2 };

template <class F>
void for_each_one(std::span<const std::uint64_t> words, F&& f) {
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::uint64_t left = words[i]; left != 0; left &= left - 1)
      f(static_cast<std::uint32_t>(i * 64) + static_cast<std::uint32_t>(std::countr_zero(left)));
}

std::vector<std::uint64_t> inverse(std::span<const std::uint64_t> words, std::uint32_t count) {
  std::vector<std::uint64_t> made(words.begin(), words.end());
  for (std::uint64_t& each : made) each = ~each;
  if (count % 64 != 0)
    made.back() &= (std::uint64_t{1} << count % 64) - 1;
  return made;
}

void append_places(std::span<const std::uint64_t> words, byte_writer& out) {
  out.varint(count_bits(words));
  std::uint32_t next = 0;
  for_each_one(words, [&](std::uint32_t place) {
    out.varint(place - next);
    next = place + 1;
  });
}

std::vector<std::uint64_t> take_places(byte_reader& from, std::uint32_t count) {
  std::vector<std::uint64_t> words(bit_words(count));
  std::uint64_t next = 0;
  for (std::uint64_t left = from.varint(); left > 0 && from.ok(); --left) {
    const std::uint64_t distance = from.varint();
    if (distance >= count - next) {
      from.fail();
      break;
    }
    next += distance;
    words[next / 64] |= std::uint64_t{1} << next % 64;
    ++next;
  }
  return words;
}

}  // namespace

std::uint32_t count_bits(std::span<const std::uint64_t> words) {
  std::uint32_t set = 0;
  for (const std::uint64_t each : words) set += static_cast<std::uint32_t>(std::popcount(each));
  return set;
}

void append_bits(std::span<const std::uint64_t> words, std::uint32_t count, byte_writer& out) {
  const std::uint32_t ones = count_bits(words);
  const bool few_ones = ones <= count / 2;
  // A place takes a byte, more where places are far apart and then few.
  if ((few_ones ? ones : count - ones) < count / 10) {
    out.fixed(few_ones ? bit_encoding::places_of_ones : bit_encoding::places_of_zeros);
    return few_ones ? append_places(words, out) : append_places(inverse(words, count), out);
  }
  out.fixed(bit_encoding::plain);
  for (std::uint32_t bit = 0; bit < count; bit += 8)
    out.fixed(static_cast<std::uint8_t>(words[bit / 64] >> bit % 64));
}

std::vector<std::uint64_t> take_bits(byte_reader& from, std::uint32_t count) {
  const auto encoding = from.fixed<bit_encoding>();
  if (encoding == bit_encoding::places_of_ones)
    return take_places(from, count);
  if (encoding == bit_encoding::places_of_zeros)
    return inverse(take_places(from, count), count);
  std::vector<std::uint64_t> words(bit_words(count));
  const std::string_view bytes = from.raw((count + 7) / 8);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    words[i / 8] |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << i % 8 * 8;
  if (encoding != bit_encoding::plain || (count % 64 != 0 && words.back() >> count % 64 != 0))
    from.fail();
  return words;
}

}  // namespace logstream
