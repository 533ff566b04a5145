// SPDX-License-Identifier: MIT
// Distinct texts are found by an open hash table, and kept as a column of their own.
#include "engine/store/text/dictionary.hpp"

#include "engine/base/checksum.hpp"
#include "engine/store/number_codec.hpp"
#include "engine/store/text/raw.hpp"
#include "engine/store/text/typed_texts.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace logstream {

namespace {

// Persisted, as what readers may refuse.
constexpr std::uint32_t most_distinct = 65536;
constexpr std::size_t most_distinct_bytes = std::size_t{16} << 20;

// After so many rows it is known whether texts repeat at all.
constexpr std::uint32_t early_rows = 512;
constexpr std::uint32_t early_distinct = early_rows - early_rows / 32;

// Texts up to this size are copied by one load and one store.
constexpr std::size_t short_text = 16;

template <class Word>
bool same_words(const char* a, const char* b, std::size_t size) {
  // The last word may overlap the one before it.
  for (std::size_t at = 0; at + sizeof(Word) < size; at += sizeof(Word))
    if (std::memcmp(a + at, b + at, sizeof(Word)) != 0)
      return false;
  return std::memcmp(a + size - sizeof(Word), b + size - sizeof(Word), sizeof(Word)) == 0;
}

// Texts of a dictionary are short: calling memcmp takes longer than comparing them.
bool same_bytes(const char* a, const char* b, std::size_t size) {
  if (size >= sizeof(std::uint64_t))
    return same_words<std::uint64_t>(a, b, size);
  if (size >= sizeof(std::uint32_t))
    return same_words<std::uint32_t>(a, b, size);
  for (std::size_t i = 0; i < size; ++i)
    if (a[i] != b[i])
      return false;
  return true;
}

class distinct_finder {
 public:
  distinct_finder(std::uint32_t most, text_buffer& texts)
      : slots_(std::bit_ceil(std::size_t{most} * 2 + 2)), mask_(slots_.size() - 1), texts_(texts) {}

  std::uint32_t code_of(std::string_view text) {
    const std::uint64_t hash = checksum(text);
    const auto tag = static_cast<std::uint32_t>(hash >> 32);
    for (std::size_t at = hash & mask_;; at = (at + 1) & mask_) {
      slot& here = slots_[at];
      if (here.next_code == 0) {
        const std::size_t begin = texts_.bytes.size();
        texts_.push(text);
        here = {tag, static_cast<std::uint32_t>(texts_.ends.size()), static_cast<std::uint32_t>(begin),
                static_cast<std::uint32_t>(text.size())};
        return here.next_code - 1;
      }
      if (here.tag == tag && here.size == text.size() &&
          same_bytes(texts_.bytes.data() + here.begin, text.data(), text.size()))
        return here.next_code - 1;
    }
  }

 private:
  struct slot {
    std::uint32_t tag = 0;
    // 0 where the slot is empty.
    std::uint32_t next_code = 0;
    std::uint32_t begin = 0;
    std::uint32_t size = 0;
  };

  std::vector<slot> slots_;
  std::size_t mask_;
  text_buffer& texts_;
};

// The distinct texts with bytes behind them that may be read in vain.
struct padded_texts {
  text_buffer texts;
  std::size_t longest = 0;

  void pad() {
    std::uint32_t begin = 0;
    for (const std::uint32_t end : texts.ends) {
      longest = std::max<std::size_t>(longest, end - begin);
      begin = end;
    }
    texts.bytes.append(short_text, '\0');
  }
};

// What all rows take, or nothing if a code is none.
std::optional<std::uint64_t> size_of(const std::vector<std::int64_t>& codes, const text_buffer& texts) {
  std::uint64_t size = 0;
  for (const std::int64_t code : codes) {
    const auto n = static_cast<std::uint64_t>(code);
    if (n >= texts.ends.size())
      return std::nullopt;
    size += texts.ends[n] - (n == 0 ? 0 : texts.ends[n - 1]);
  }
  return size;
}

void copy_texts(const std::vector<std::int64_t>& codes, const padded_texts& from, text_buffer& out,
                std::size_t begin) {
  const char* const bytes = from.texts.bytes.data();
  const std::uint32_t* const ends = from.texts.ends.data();
  char* to = out.bytes.data() + begin;
  const bool all_short = from.longest <= short_text;
  for (const std::int64_t code : codes) {
    const std::uint32_t start = code == 0 ? 0 : ends[code - 1];
    const std::size_t size = ends[code] - start;
    std::memcpy(to, bytes + start, all_short ? short_text : size);
    to += size;
    out.ends.push_back(static_cast<std::uint32_t>(to - out.bytes.data()));
  }
}

}  // namespace

std::optional<text_dictionary> find_distinct(text_list texts, std::uint32_t most) {
  most = std::min(most, most_distinct);
  text_dictionary dictionary;
  distinct_finder finder{most, dictionary.texts};
  dictionary.codes.reserve(texts.size());
  std::string_view before;
  std::uint32_t code = 0;
  for (std::uint32_t row = 0; row < texts.size(); ++row) {
    const std::string_view text = texts[row];
    if (row == 0 || text.size() != before.size() || !same_bytes(text.data(), before.data(), text.size())) {
      code = finder.code_of(text);
      before = text;
    }
    dictionary.codes.push_back(code);
    const std::size_t distinct = dictionary.texts.ends.size();
    if (distinct > most || dictionary.texts.bytes.size() > most_distinct_bytes ||
        (row + 1 == early_rows && distinct > early_distinct))
      return std::nullopt;
  }
  return dictionary;
}

void write_dictionary(const text_dictionary& dictionary, std::string& out) {
  byte_writer to{out};
  const text_list texts = dictionary.texts.view();
  to.varint(texts.size());
  std::string part;
  const auto choice = choose_typed(sample_texts(texts));
  if (!choice || !write_typed(texts, *choice, part)) {
    byte_writer{part}.fixed(text_encoding::raw);
    write_raw(texts, part);
  }
  to.text(part);
  encode_numbers(dictionary.codes, out);
}

bool read_distinct(byte_reader& from, text_buffer& out) {
  const std::uint64_t count = from.varint();
  byte_reader texts{from.text()};
  const auto encoding = texts.fixed<text_encoding>();
  return from.ok() && texts.ok() && count > 0 && count <= most_distinct &&
         read_typed_or_raw(encoding, texts, static_cast<std::uint32_t>(count), most_distinct_bytes, out);
}

bool read_dictionary(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  padded_texts distinct;
  std::vector<std::int64_t> codes;
  if (!read_distinct(from, distinct.texts) || !decode_numbers(from.raw(from.left()), count, codes))
    return false;
  const auto size = size_of(codes, distinct.texts);
  const std::size_t begin = out.bytes.size();
  if (!size || *size > most_bytes || *size > UINT32_MAX - begin)
    return false;
  distinct.pad();
  out.bytes.resize(begin + *size + short_text);
  out.ends.reserve(out.ends.size() + count);
  copy_texts(codes, distinct, out, begin);
  out.bytes.resize(begin + *size);
  return true;
}

}  // namespace logstream
