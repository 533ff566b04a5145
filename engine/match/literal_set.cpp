// SPDX-License-Identifier: MIT
// Choosing the grams by which literals are found, and comparing.
#include "engine/match/literal_set.hpp"

#include <algorithm>
#include <limits>

namespace logstream {

namespace {

constexpr std::size_t longest_gram = 4;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

// How often a byte is met in logs, roughly: grams of rare bytes pass the bitmap less often for nothing.
std::size_t commonness(char c) {
  constexpr std::string_view by_frequency{"zqjx_kvw\"=/:y-bgfpmhuc98765d43.2l10sr nioate"};
  const std::size_t rank = by_frequency.find(lower(c));
  return rank == std::string_view::npos ? 0 : rank + 1;
}

}  // namespace

literal_set::literal_set(std::vector<literal> literals) : literals_(std::move(literals)) {
  for (literal& each : literals_)
    if (each.any_case)
      std::transform(each.text.begin(), each.text.end(), each.text.begin(), lower);
  constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
  // A literal of at least stride + gram - 1 bytes shows a whole gram at every alignment.
  for (length_class made :
       {make_class(literals_, 11, any, 8), make_class(literals_, 7, 10, 4), make_class(literals_, 5, 6, 2),
        make_class(literals_, 3, 4, 1), make_class(literals_, 1, 2, 1)})
    if (!made.entries.empty())
      classes_.push_back(std::move(made));
}

std::size_t literal_set::class_of(std::uint32_t literal) const {
  const std::size_t size = literals_[literal].text.size();
  const auto found = std::find_if(classes_.begin(), classes_.end(), [&](const length_class& each) {
    return each.shortest <= size && size <= each.longest;
  });
  return static_cast<std::size_t>(found - classes_.begin());
}

literal_set::length_class literal_set::make_class(const std::vector<literal>& literals, std::size_t shortest,
                                                  std::size_t longest, std::size_t stride) {
  length_class made;
  made.shortest = shortest;
  made.longest = longest;
  made.stride = stride;
  made.gram_bytes = longest_gram;
  const auto belongs = [&](const literal& each) {
    return each.text.size() >= shortest && each.text.size() <= longest;
  };
  for (const literal& each : literals)
    if (belongs(each))
      made.gram_bytes = std::min(made.gram_bytes, each.text.size());
  made.gram_mask = made.gram_bytes == longest_gram ? ~0u : (1u << 8 * made.gram_bytes) - 1;

  const auto gram_of = [&](std::string_view text) {
    std::array<char, longest_gram> bytes{};
    std::memcpy(bytes.data(), text.data(), made.gram_bytes);
    return folded(load(bytes.data())) & made.gram_mask;
  };
  for (std::uint32_t i = 0; i < literals.size(); ++i) {
    if (!belongs(literals[i]))
      continue;
    const std::string_view text = literals[i].text;
    // For each alignment the rarest of the grams that show there.
    for (std::size_t alignment = 0; alignment < stride; ++alignment) {
      std::size_t best = alignment;
      std::size_t least = std::numeric_limits<std::size_t>::max();
      for (std::size_t offset = alignment; offset + made.gram_bytes <= text.size(); offset += stride) {
        std::size_t sum = 0;
        for (const char c : text.substr(offset, made.gram_bytes)) sum += commonness(c);
        if (sum < least) {
          least = sum;
          best = offset;
        }
      }
      made.entries.push_back({gram_of(text.substr(best)), i, static_cast<std::uint32_t>(best)});
    }
  }
  if (made.entries.empty())
    return made;

  std::sort(made.entries.begin(), made.entries.end(), [](const entry& a, const entry& b) {
    return hash(a.gram) != hash(b.gram) ? hash(a.gram) < hash(b.gram) : a.literal < b.literal;
  });
  made.bitmap.assign((std::size_t{1} << bitmap_bits) / 64, 0);
  made.slots.assign((std::size_t{1} << table_bits) + 1, 0);
  for (const entry& each : made.entries) {
    made.bitmap[hash(each.gram) / 64] |= std::uint64_t{1} << hash(each.gram) % 64;
    ++made.slots[(hash(each.gram) >> (bitmap_bits - table_bits)) + 1];
  }
  for (std::size_t i = 1; i < made.slots.size(); ++i) made.slots[i] += made.slots[i - 1];
  return made;
}

bool literal_set::occurs(std::string_view text, std::size_t begin, const literal& wanted) const {
  const std::string& pattern = wanted.text;
  if (pattern.size() > text.size() - begin)
    return false;
  if (!wanted.any_case)
    return std::memcmp(text.data() + begin, pattern.data(), pattern.size()) == 0;
  for (std::size_t i = 0; i < pattern.size(); ++i)
    if (lower(text[begin + i]) != pattern[i])
      return false;
  return true;
}

}  // namespace logstream
