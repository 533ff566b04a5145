// SPDX-License-Identifier: MIT
// Few words are kept as a list of their hashes, more as a ribbon.
#include "engine/store/token_filter.hpp"

#include "engine/base/bytes.hpp"
#include "engine/store/ribbon.hpp"

#include <algorithm>
#include <span>

namespace logstream {

namespace {

// The first byte: list_kind, or one more than the attempt that gave the ribbon. Persisted.
constexpr std::uint8_t list_kind = 0;
// Below this a list is smaller than the narrowest ribbon.
constexpr std::size_t list_limit = ribbon_width / sizeof(std::uint16_t);
// 32 KiB of recent hashes stay in the first cache and let few words through twice.
constexpr int recent_bits = 12;

std::uint16_t list_entry(std::uint64_t hash) {
  return static_cast<std::uint16_t>(hash >> 48);
}

// Hashes are evenly spread: their first bits put nearly each in its place. Words made to spoil that cost
// what std::sort costs.
void sort_hashes(std::vector<std::uint64_t>& hashes, std::vector<std::uint64_t>& scratch) {
  constexpr int bucket_bits = 12;
  constexpr std::size_t least = 1024;
  if (hashes.size() < least) {
    std::sort(hashes.begin(), hashes.end());
    return;
  }
  const auto bucket = [](std::uint64_t hash) { return hash >> (64 - bucket_bits); };
  std::vector<std::uint32_t> ends((1u << bucket_bits) + 1);
  for (const std::uint64_t hash : hashes) ++ends[bucket(hash) + 1];
  for (std::size_t i = 1; i < ends.size(); ++i) ends[i] += ends[i - 1];
  scratch.resize(hashes.size());
  for (const std::uint64_t hash : hashes) scratch[ends[bucket(hash)]++] = hash;
  auto begin = scratch.begin();
  for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
    const auto end = scratch.begin() + ends[i];
    std::sort(begin, end);
    begin = end;
  }
  hashes.swap(scratch);
}

void append_list(std::span<const std::uint64_t> hashes, std::string& out) {
  byte_writer to{out};
  to.fixed(list_kind);
  for (const std::uint64_t hash : hashes) to.fixed(list_entry(hash));
}

void append_filter(std::span<const std::uint64_t> hashes, std::string& out) {
  if (hashes.size() < list_limit) {
    append_list(hashes, out);
    return;
  }
  const std::size_t begin = out.size();
  for (std::uint8_t attempt = 0; attempt < ribbon_attempts; ++attempt) {
    out.push_back(static_cast<char>(attempt + 1));
    if (append_ribbon(hashes, attempt, out))
      return;
    out.resize(begin);
  }
}

bool list_may_contain(std::string_view list, std::uint64_t hash) {
  if (list.size() % sizeof(std::uint16_t) != 0 || list.size() >= ribbon_width)
    return true;
  byte_reader entries{list};
  while (entries.left() != 0)
    if (entries.fixed<std::uint16_t>() == list_entry(hash))
      return true;
  return false;
}

}  // namespace

token_filter_builder::token_filter_builder() : recent_(std::size_t{1} << recent_bits) {
  forget_recent();
}

void token_filter_builder::forget_recent() {
  // Each place holds a hash that never goes there.
  std::fill(recent_.begin(), recent_.end(), 0);
  recent_.front() = ~std::uint64_t{0};
}

void token_filter_builder::add_hash(std::uint64_t hash) {
  std::uint64_t& last = recent_[hash >> (64 - recent_bits)];
  if (last == hash)
    return;
  last = hash;
  hashes_.push_back(hash);
}

void token_filter_builder::add(text_list texts) {
  add_words(texts);
  const char* const end = texts.bytes.data() + texts.bytes.size();
  for (std::uint32_t i = 0; i < texts.size(); ++i) add_hash(word_hash(texts[i], end));
}

void token_filter_builder::add_words(text_list texts) {
  const char* const end = texts.bytes.data() + texts.bytes.size();
  for (std::uint32_t i = 0; i < texts.size(); ++i)
    for_each_word(texts[i], [&](std::string_view word) { add_hash(word_hash(word, end)); });
}

void token_filter_builder::finish(std::string& out) {
  sort_hashes(hashes_, scratch_);
  hashes_.erase(std::unique(hashes_.begin(), hashes_.end()), hashes_.end());
  append_filter(hashes_, out);
  hashes_.clear();
  forget_recent();
}

bool may_contain(std::string_view filter, std::uint64_t hash) {
  if (filter.empty())
    return true;
  const auto kind = static_cast<std::uint8_t>(filter.front());
  const std::string_view rest = filter.substr(1);
  if (kind == list_kind)
    return list_may_contain(rest, hash);
  if (kind > ribbon_attempts || rest.size() < ribbon_width)
    return true;
  return ribbon_may_contain(rest, static_cast<std::uint8_t>(kind - 1), hash);
}

}  // namespace logstream
