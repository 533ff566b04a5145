// SPDX-License-Identifier: MIT
// Which encoding a column gets: one text, few texts, texts of a kind, or none of these, in this order.
#include "engine/store/text_codec.hpp"

#include "engine/base/bytes.hpp"
#include "engine/store/template_codec.hpp"
#include "engine/store/text/dictionary.hpp"
#include "engine/store/text/number_range.hpp"
#include "engine/store/text/raw.hpp"
#include "engine/store/text/typed_texts.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace logstream {

namespace {

// A dictionary of numbers that is larger may not be smaller than the numbers themselves.
constexpr std::size_t surely_small_dictionary = 64;

bool all_equal(text_list texts) {
  const std::string_view first = texts[0];
  for (std::uint32_t i = 1; i < texts.size(); ++i)
    if (texts[i] != first)
      return false;
  return true;
}

text_summary with_range(text_encoding encoding, text_list texts) {
  text_summary summary{encoding, std::nullopt, std::nullopt};
  if (const auto range = range_of_texts(texts)) {
    summary.least = range->least;
    summary.greatest = range->greatest;
  }
  return summary;
}

text_summary encode_constant(text_list texts, std::string& out) {
  byte_writer to{out};
  to.fixed(text_encoding::constant);
  to.raw(texts[0]);
  return with_range(text_encoding::constant, {texts.bytes, texts.ends.first(1)});
}

text_summary encode_dictionary(const text_dictionary& dictionary, std::string& out) {
  byte_writer{out}.fixed(text_encoding::dictionary);
  write_dictionary(dictionary, out);
  return with_range(text_encoding::dictionary, dictionary.texts.view());
}

// How many distinct texts a dictionary is tried for.
std::uint32_t most_distinct(text_list texts, const std::optional<typed_choice>& choice) {
  // A typed id takes as many bytes in each row as in the dictionary; other texts that are alike take less.
  return choice && !packs_numbers(choice->encoding) ? texts.size() / 2 : texts.size() / 4;
}

// Fewer bits than write_dictionary can do with: an entropy code of the codes, a byte for each text.
double least_bits(const text_dictionary& dictionary) {
  std::vector<std::uint32_t> counts(dictionary.texts.ends.size());
  for (const std::int64_t code : dictionary.codes) ++counts[static_cast<std::size_t>(code)];
  const auto rows = static_cast<double>(dictionary.codes.size());
  double bits = 8 * static_cast<double>(counts.size());
  for (const std::uint32_t count : counts) bits += count * std::log2(rows / count);
  return bits;
}

// The smaller one of both.
text_summary encode_both(text_list texts, const typed_choice& choice, const text_dictionary& dictionary,
                         std::string& out) {
  std::string typed;
  const auto summary = write_typed(texts, choice, typed);
  if (summary && 8 * static_cast<double>(typed.size()) <= least_bits(dictionary)) {
    out += typed;
    return *summary;
  }
  const std::size_t begin = out.size();
  const text_summary other = encode_dictionary(dictionary, out);
  if (!summary || out.size() - begin <= typed.size())
    return other;
  out.resize(begin);
  out += typed;
  return *summary;
}

bool decode_constant(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const std::string_view text = from.raw(from.left());
  char* const room = make_room(out, std::uint64_t{count} * text.size(), most_bytes);
  if (room == nullptr)
    return false;
  if (!text.empty())
    for (std::uint32_t i = 0; i < count; ++i) std::copy(text.begin(), text.end(), room + i * text.size());
  add_equal_ends(out, count, text.size());
  return true;
}

}  // namespace

text_summary encode_texts(text_list texts, std::string& out) {
  if (all_equal(texts))
    return encode_constant(texts, out);
  const auto choice = choose_typed(sample_texts(texts));
  const auto dictionary = find_distinct(texts, most_distinct(texts, choice));
  if (dictionary) {
    const bool surely_smaller = !choice || !packs_numbers(choice->encoding) ||
                                dictionary->texts.ends.size() <= surely_small_dictionary;
    return surely_smaller ? encode_dictionary(*dictionary, out)
                          : encode_both(texts, *choice, *dictionary, out);
  }
  if (choice)
    if (const auto summary = write_typed(texts, *choice, out))
      return *summary;
  byte_writer{out}.fixed(text_encoding::raw);
  write_raw(texts, out);
  return {};
}

result<void> decode_texts(std::string_view encoded, std::uint32_t count, std::size_t most_bytes,
                          text_buffer& out) {
  byte_reader from{encoded};
  const auto encoding = from.fixed<text_encoding>();
  bool fits = false;
  if (!from.ok())
    return make_error(errc::invalid, "a column has no bytes");
  switch (encoding) {
    case text_encoding::templates:
      return decode_messages(encoded, count, most_bytes, out);
    case text_encoding::constant:
      fits = decode_constant(from, count, most_bytes, out);
      break;
    case text_encoding::dictionary:
      fits = read_dictionary(from, count, most_bytes, out);
      break;
    default:
      fits = read_typed_or_raw(encoding, from, count, most_bytes, out);
  }
  if (!fits)
    return make_error(errc::invalid, "a column is broken, or larger than it may be");
  return {};
}

std::optional<text_buffer> distinct_texts(std::string_view encoded) {
  byte_reader from{encoded};
  const auto encoding = from.fixed<text_encoding>();
  text_buffer texts;
  if (encoding == text_encoding::constant && from.ok()) {
    texts.push(from.raw(from.left()));
    return texts;
  }
  if (encoding != text_encoding::dictionary || !read_distinct(from, texts))
    return std::nullopt;
  return texts;
}

}  // namespace logstream
