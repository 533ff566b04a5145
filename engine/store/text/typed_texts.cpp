// SPDX-License-Identifier: MIT
// Which kinds there are, and the texts that are of none.
#include "engine/store/text/typed_texts.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/decimals.hpp"
#include "engine/store/text/hex.hpp"
#include "engine/store/text/integers.hpp"
#include "engine/store/text/ipv4.hpp"
#include "engine/store/text/raw.hpp"
#include "engine/store/text/rfc3339.hpp"
#include "engine/store/text/uuid.hpp"

namespace logstream {

namespace {

const typed_encoding* codec_of(text_encoding encoding) {
  switch (encoding) {
    case text_encoding::integers:
      return &integer_texts;
    case text_encoding::decimals:
      return &decimal_texts;
    case text_encoding::ipv4:
      return &ipv4_texts;
    case text_encoding::uuid:
      return &uuid_texts;
    case text_encoding::hex:
      return &hex_texts;
    case text_encoding::rfc3339:
      return &rfc3339_texts;
    default:
      return nullptr;
  }
}

void write_others(const typed_column& column, std::string& out) {
  byte_writer to{out};
  to.varint(column.other_rows.size());
  if (column.other_rows.empty())
    return;
  std::string part;
  encode_numbers(column.other_rows, part);
  to.text(part);
  part.clear();
  write_raw(column.others.view(), part);
  to.text(part);
}

struct other_texts {
  std::vector<std::int64_t> rows;
  text_buffer texts;
};

bool read_others(byte_reader& from, std::uint32_t count, std::size_t most_bytes, other_texts& others) {
  const std::uint64_t size = from.varint();
  if (!from.ok() || size > count)
    return false;
  if (size == 0)
    return true;
  if (!decode_numbers(from.text(), static_cast<std::uint32_t>(size), others.rows))
    return false;
  std::int64_t before = -1;
  for (const std::int64_t row : others.rows) {
    if (row <= before || row >= count)
      return false;
    before = row;
  }
  byte_reader texts{from.text()};
  return read_raw(texts, static_cast<std::uint32_t>(size), most_bytes, others.texts);
}

// Both together are known to fit.
void merge(const text_list& typed, const other_texts& others, std::uint32_t count, text_buffer& out) {
  std::uint32_t next_typed = 0;
  std::uint32_t next_other = 0;
  const text_list texts = others.texts.view();
  for (std::uint32_t row = 0; row < count; ++row) {
    if (next_other < texts.size() && others.rows[next_other] == row)
      out.push(texts[next_other++]);
    else
      out.push(typed[next_typed++]);
  }
}

}  // namespace

std::vector<std::string_view> sample_texts(text_list texts) {
  constexpr std::uint64_t most = 128;
  const std::uint64_t count = std::min<std::uint64_t>(most, texts.size());
  std::vector<std::string_view> sample;
  sample.reserve(count);
  for (std::uint64_t i = 0; i < count; ++i)
    sample.push_back(texts[static_cast<std::uint32_t>(i * texts.size() / count)]);
  return sample;
}

std::optional<typed_choice> choose_typed(text_sample sample) {
  // Digits alone are a number before they are hexadecimal.
  for (const text_encoding each : {text_encoding::integers, text_encoding::decimals, text_encoding::ipv4,
                                   text_encoding::uuid, text_encoding::hex, text_encoding::rfc3339})
    if (auto head = codec_of(each)->head(sample))
      return typed_choice{each, std::move(*head)};
  return std::nullopt;
}

bool packs_numbers(text_encoding encoding) {
  return encoding == text_encoding::integers || encoding == text_encoding::decimals ||
         encoding == text_encoding::rfc3339;
}

std::optional<text_summary> write_typed(text_list texts, const typed_choice& choice, std::string& out) {
  typed_column column;
  if (!codec_of(choice.encoding)->encode(texts, choice.head, column))
    return std::nullopt;
  byte_writer{out}.fixed(choice.encoding);
  write_others(column, out);
  out += column.body;
  text_summary summary{choice.encoding, std::nullopt, std::nullopt};
  const auto others = column.range ? range_of_texts(column.others.view()) : std::nullopt;
  if (others) {
    column.range->add(*others);
    summary.least = column.range->least;
    summary.greatest = column.range->greatest;
  }
  return summary;
}

bool read_typed_or_raw(text_encoding encoding, byte_reader& from, std::uint32_t count, std::size_t most_bytes,
                       text_buffer& out) {
  if (encoding == text_encoding::raw)
    return read_raw(from, count, most_bytes, out);
  const typed_encoding* const codec = codec_of(encoding);
  other_texts others;
  if (codec == nullptr || !read_others(from, count, most_bytes, others))
    return false;
  if (others.rows.empty())
    return codec->decode(from, count, most_bytes, out);
  text_buffer typed;
  const auto typed_count = count - static_cast<std::uint32_t>(others.rows.size());
  const std::size_t left = most_bytes - others.texts.bytes.size();
  if (!codec->decode(from, typed_count, left, typed) ||
      typed.bytes.size() + others.texts.bytes.size() > UINT32_MAX - out.bytes.size())
    return false;
  merge(typed.view(), others, count, out);
  return true;
}

}  // namespace logstream
