// SPDX-License-Identifier: MIT
// Words that vary: columns that draw from one dictionary of the block, or keep texts of their own.
#include "engine/store/templates/word_column.hpp"

#include "engine/store/templates/bit_stream.hpp"
#include "engine/store/templates/code_column.hpp"
#include "engine/store/text_codec.hpp"

#include <algorithm>

namespace logstream {

namespace {

enum class word_mode : std::uint8_t { texts = 0, coded = 1, places = 2 };

}  // namespace

void append_column_texts(text_list texts, std::string& out) {
  std::string encoded;
  encode_texts(texts, encoded);
  byte_writer{out}.text(encoded);
}

bool read_column_texts(byte_reader& in, std::uint32_t count, std::size_t most_bytes, text_buffer& texts) {
  const std::string_view encoded = in.text();
  if (encoded.empty() || static_cast<text_encoding>(encoded.front()) == text_encoding::templates)
    return false;
  const std::size_t before = texts.ends.size();
  return decode_texts(encoded, count, most_bytes, texts).ok() && texts.ends.size() - before == count;
}

void word_column_writer::append(std::span<const std::uint32_t> numbers, std::string& out) {
  entries_.resize(words_.size());
  ++column_;
  distinct_.clear();
  codes_.clear();
  std::size_t single = 0;
  for (const std::uint32_t each : numbers) {
    single += words_.uses_of(each) == 1 ? 1 : 0;
    entry& known = entries_[each];
    if (known.column != column_) {
      known.column = column_;
      known.code = static_cast<std::uint32_t>(distinct_.size());
      distinct_.push_back(each);
    }
    codes_.push_back(known.code);
  }
  if (single * 2 > numbers.size())
    append_texts(numbers, out);
  else
    append_coded(numbers, out);
}

void word_column_writer::append_texts(std::span<const std::uint32_t> numbers, std::string& out) {
  byte_writer{out}.fixed(word_mode::texts);
  texts_.clear();
  for (const std::uint32_t each : numbers) texts_.push(words_[each]);
  append_column_texts(texts_.view(), out);
}

// The words' places in the dictionary in as many bits as the greatest takes.
void word_column_writer::append_places(std::span<const std::uint32_t> numbers, std::string& out) {
  std::uint32_t greatest = 0;
  for (const std::uint32_t each : numbers) greatest = std::max(greatest, entries_[each].place - 1);
  const unsigned width = bit_width_of(greatest);
  byte_writer{out}.fixed(static_cast<std::uint8_t>(width));
  bit_writer bits{out};
  for (const std::uint32_t each : numbers) bits.put(entries_[each].place - 1, width);
  bits.flush();
}

void word_column_writer::append_coded(std::span<const std::uint32_t> numbers, std::string& out) {
  for (const std::uint32_t each : distinct_)
    if (entries_[each].place == 0) {
      dictionary_.push_back(each);
      entries_[each].place = static_cast<std::uint32_t>(dictionary_.size());
    }
  const std::size_t before = out.size();
  byte_writer{out}.fixed(word_mode::places);
  append_places(numbers, out);
  const std::size_t places_end = out.size();
  byte_writer{out}.fixed(word_mode::coded);
  byte_writer{out}.varint(distinct_.size());
  append_places(distinct_, out);
  append_codes(codes_, static_cast<std::uint32_t>(distinct_.size()), packer_, out);
  // Only the smaller of both stays.
  if (out.size() - places_end < places_end - before)
    out.erase(before, places_end - before);
  else
    out.resize(places_end);
}

void word_column_writer::append_dictionary(std::string& out) {
  std::string bytes;
  byte_writer writer{bytes};
  for (const std::uint32_t each : dictionary_) writer.text(words_[each]);
  packer_.append(bytes, out);
}

bool read_word_dictionary(byte_reader& in, std::size_t most_bytes, byte_unpacker& unpacker,
                          text_buffer& texts) {
  // Each word is at least a byte, behind a size of at most five.
  std::string bytes;
  if (!unpacker.read(in, most_bytes * 6, bytes))
    return false;
  byte_reader reader{bytes};
  while (reader.left() != 0) texts.push(reader.text());
  return reader.ok() && texts.ends.size() <= most_bytes;
}

namespace {

bool read_places(byte_reader& in, std::uint32_t count, std::uint32_t limit,
                 std::vector<std::uint32_t>& places) {
  const unsigned width = in.fixed<std::uint8_t>();
  if (width > 32)
    return false;
  bit_reader bits{in.raw(bit_reader::bytes_of(count, width))};
  bool fits = in.ok();
  for (std::uint32_t i = 0; fits && i < count; ++i) {
    const std::uint64_t place = bits.take(width);
    fits = place < limit;
    places.push_back(static_cast<std::uint32_t>(place));
  }
  return fits;
}

bool read_coded(byte_reader& in, std::uint32_t count, std::uint32_t dictionary_words, byte_unpacker& unpacker,
                std::vector<std::uint32_t>& words) {
  const std::uint64_t distinct = in.varint();
  if (distinct > count)
    return false;
  std::vector<std::uint32_t> places;
  const std::size_t before = words.size();
  if (!read_places(in, static_cast<std::uint32_t>(distinct), dictionary_words, places) ||
      !read_codes(in, count, static_cast<std::uint32_t>(distinct), unpacker, words))
    return false;
  for (std::size_t i = before; i < words.size(); ++i) words[i] = places[words[i]];
  return true;
}

}  // namespace

bool read_words(byte_reader& in, std::uint32_t count, std::uint32_t dictionary_words, std::size_t most_bytes,
                byte_unpacker& unpacker, text_buffer& texts, std::vector<std::uint32_t>& words) {
  const auto first = static_cast<std::uint32_t>(texts.ends.size());
  switch (in.fixed<word_mode>()) {
    case word_mode::texts:
      for (std::uint32_t i = 0; i < count; ++i) words.push_back(first + i);
      return read_column_texts(in, count, most_bytes, texts);
    case word_mode::coded:
      return read_coded(in, count, dictionary_words, unpacker, words);
    case word_mode::places:
      return read_places(in, count, dictionary_words, words);
  }
  return false;
}

}  // namespace logstream
