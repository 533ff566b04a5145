// SPDX-License-Identifier: MIT
// Finds any of many literals in one pass over a text, looking at a fraction of its bytes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// A text to look for; with `any_case` its ASCII letters stand for both cases.
struct literal {
  std::string text;
  bool any_case = true;

  auto operator<=>(const literal&) const = default;
};

/// Immutable once made; any number of threads may search with it.
///
/// Literals are kept by length in classes. A class samples the text at every `stride`-th byte: a gram of some
/// bytes, hashed into a bitmap of the grams that a literal shows at one of its first `stride` alignments.
/// What passes is looked up and compared. Longer literals allow longer strides, since they show a gram at
/// every alignment.
class literal_set {
 public:
  literal_set() = default;
  /// REQUIRES: no literal is empty.
  explicit literal_set(std::vector<literal> literals);

  bool empty() const { return literals_.empty(); }
  /// The n-th literal; where case does not matter, in lower case.
  const literal& operator[](std::uint32_t n) const { return literals_[n]; }

  /// Calls f(literal, begin, inside) for each occurrence: the literal's index, where it begins, and a
  /// position in it. The literals of one class come with ascending `inside`; the classes come one after the
  /// other.
  template <class F>
  void find(std::string_view text, F&& f) const {
    for (const length_class& each : classes_) scan(each, text, f);
  }

  /// The place among the classes of the one that a literal is found with.
  std::size_t class_of(std::uint32_t literal) const;

 private:
  static constexpr unsigned bitmap_bits = 16;
  static constexpr unsigned table_bits = 12;

  struct entry {
    std::uint32_t gram;
    std::uint32_t literal;
    std::uint32_t offset;
  };
  struct length_class {
    std::size_t shortest = 0;
    std::size_t longest = 0;
    std::size_t gram_bytes = 0;
    std::size_t stride = 0;
    std::uint32_t gram_mask = 0;
    std::vector<std::uint64_t> bitmap;
    /// Entries by the upper bits of their gram's hash: slot n holds [slots[n], slots[n + 1]).
    std::vector<std::uint32_t> slots;
    std::vector<entry> entries;
  };

  static std::uint32_t load(const char* at) {
    std::uint32_t word = 0;
    std::memcpy(&word, at, sizeof word);
    return word;
  }
  // Letters of both cases become one; so do some other characters, which the comparison tells apart.
  static std::uint32_t folded(std::uint32_t word) { return word | 0x20202020u; }
  static std::uint32_t hash(std::uint32_t gram) { return gram * 0x9e3779b1u >> (32 - bitmap_bits); }
  static std::uint64_t bit(const std::uint64_t* bitmap, std::uint32_t hash) {
    return bitmap[hash / 64] >> hash % 64 & 1;
  }

  static length_class make_class(const std::vector<literal>& literals, std::size_t shortest,
                                 std::size_t longest, std::size_t stride);
  bool occurs(std::string_view text, std::size_t begin, const literal& wanted) const;

  template <class F>
  void check(const length_class& in, std::string_view text, std::size_t at, std::uint32_t gram, F& f) const {
    const std::uint32_t slot = hash(gram) >> (bitmap_bits - table_bits);
    for (std::uint32_t i = in.slots[slot]; i < in.slots[slot + 1]; ++i) {
      const entry& each = in.entries[i];
      if (each.gram == gram && each.offset <= at && occurs(text, at - each.offset, literals_[each.literal]))
        f(each.literal, at - each.offset, at);
    }
  }

  template <class F>
  void scan(const length_class& in, std::string_view text, F& f) const {
    const std::uint64_t* const bitmap = in.bitmap.data();
    const std::size_t stride = in.stride;
    const std::uint32_t mask = in.gram_mask;
    const auto gram_at = [&](std::size_t at) { return folded(load(text.data() + at)) & mask; };
    std::size_t at = 0;
    // Eight samples for one branch, which is rarely taken.
    for (; at + 7 * stride + sizeof(std::uint32_t) <= text.size(); at += 8 * stride) {
      std::uint64_t passed = 0;
      for (std::size_t i = 0; i < 8; ++i) passed |= bit(bitmap, hash(gram_at(at + i * stride))) << i;
      for (; passed != 0; passed &= passed - 1) {
        const std::size_t hit = at + static_cast<std::size_t>(std::countr_zero(passed)) * stride;
        check(in, text, hit, gram_at(hit), f);
      }
    }
    for (; at + in.gram_bytes <= text.size(); at += stride) {
      std::array<char, sizeof(std::uint32_t)> rest{};
      std::memcpy(rest.data(), text.data() + at, std::min(rest.size(), text.size() - at));
      const std::uint32_t gram = folded(load(rest.data())) & mask;
      if (bit(bitmap, hash(gram)) != 0)
        check(in, text, at, gram, f);
    }
  }

  std::vector<literal> literals_;
  std::vector<length_class> classes_;
};

}  // namespace logstream
