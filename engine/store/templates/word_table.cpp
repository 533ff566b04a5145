// SPDX-License-Identifier: MIT
// Each distinct text once, under a number.
#include "engine/store/templates/word_table.hpp"

#include <cstring>

namespace logstream {

namespace {

constexpr std::size_t first_slots = 1024;

template <std::size_t Size>
std::uint64_t load(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, Size);
  return word;
}

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t product = (a ^ 0x9e3779b97f4a7c15) * (b ^ 0xd6e8feb86659fd93);
  return product ^ product >> 32;
}

// Words are short: two loads that overlap see all of most.
std::uint32_t hash_of(std::string_view word) {
  const std::size_t size = word.size();
  const char* at = word.data();
  std::uint64_t hash = size;
  for (std::size_t left = size; left > 16; left -= 8, at += 8) hash = mix(hash, load<8>(at));
  const std::size_t rest = static_cast<std::size_t>(word.data() + size - at);
  if (rest >= 8)
    hash = mix(hash ^ load<8>(at), load<8>(at + rest - 8));
  else if (rest >= 4)
    hash = mix(hash ^ load<4>(at), load<4>(at + rest - 4));
  else if (rest > 0)
    hash = mix(hash ^ (load<1>(at) | load<1>(at + rest / 2) << 8), load<1>(at + rest - 1));
  return static_cast<std::uint32_t>(hash ^ hash >> 29);
}

// Like operator==, without a call for the short ones.
bool same(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size())
    return false;
  if (size > 16)
    return std::memcmp(a.data(), b.data(), size) == 0;
  if (size >= 8)
    return load<8>(a.data()) == load<8>(b.data()) &&
           load<8>(a.data() + size - 8) == load<8>(b.data() + size - 8);
  if (size >= 4)
    return load<4>(a.data()) == load<4>(b.data()) &&
           load<4>(a.data() + size - 4) == load<4>(b.data() + size - 4);
  for (std::size_t i = 0; i < size; ++i)
    if (a[i] != b[i])
      return false;
  return true;
}

}  // namespace

word_table::word_table() : slots_(first_slots) {}

std::uint32_t word_table::find_or_add(std::string_view word) {
  const std::uint32_t hash = hash_of(word);
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    slot& here = slots_[at];
    if (here.number == 0) {
      words_.push_back(word);
      uses_.push_back(1);
      here = {hash, size()};
      if (words_.size() * 2 > slots_.size())
        grow();
      return size() - 1;
    }
    if (here.hash == hash && same(words_[here.number - 1], word)) {
      ++uses_[here.number - 1];
      return here.number - 1;
    }
  }
}

void word_table::grow() {
  std::vector<slot> larger(slots_.size() * 4);
  const std::size_t mask = larger.size() - 1;
  for (const slot& each : slots_) {
    if (each.number == 0)
      continue;
    std::size_t at = each.hash & mask;
    while (larger[at].number != 0) at = (at + 1) & mask;
    larger[at] = each;
  }
  slots_.swap(larger);
}

}  // namespace logstream
