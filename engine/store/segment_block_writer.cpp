// SPDX-License-Identifier: MIT
// A chunk a column, each behind the other, each with its checksum.
#include "engine/store/segment_block_writer.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/store/number_codec.hpp"
#include "engine/store/template_codec.hpp"

#include <optional>

namespace logstream {

namespace {

// Templates of a handful of texts are no smaller than the texts.
constexpr std::uint32_t fewest_for_templates = 16;

// An encoding says what it is in its first byte.
text_encoding encoding_of(std::string_view encoded) {
  return encoded.empty() ? text_encoding::raw : static_cast<text_encoding>(encoded.front());
}

std::optional<number_bounds> bounds_of(const text_summary& summary) {
  if (!summary.least || !summary.greatest)
    return std::nullopt;
  return number_bounds{*summary.least, *summary.greatest};
}

}  // namespace

result<void> segment_block_writer::write(std::span<const source_run> runs, std::span<const row_span> spans,
                                         std::uint32_t stream, segment_directory& directory,
                                         std::string& filters, std::string& out) {
  directory_ = &directory;
  filters_ = &filters;
  out_ = &out;
  out.clear();
  chunk_ = 0;
  text_bytes_ = 0;
  columns_.start(runs, spans);
  columns_.times(times_);
  columns_.sequences(sequences_);
  directory.add_block(stream, times_);
  write_numbers(chunk_kind::times, times_);
  write_numbers(chunk_kind::sequences, sequences_);
  if (auto written = write_messages(); !written)
    return written;
  for (std::size_t n = 0; n < columns_.fields().size(); ++n)
    if (auto written = write_field(n); !written)
      return written;
  return write_rest();
}

void segment_block_writer::write_numbers(chunk_kind kind, std::span<const std::int64_t> values) {
  encode_numbers(values, *out_);
  segment_directory::new_chunk made;
  made.kind = kind;
  end_chunk(made);
}

result<void> segment_block_writer::write_messages() {
  columns_.messages(cells_);
  encoded_.clear();
  encode_messages(cells_.texts(), encoded_);
  segment_directory::new_chunk made;
  made.kind = chunk_kind::messages;
  made.encoding = encoding_of(encoded_);
  made.filter_size = add_filter(cells_.texts(), false);
  return end_cells(made);
}

result<void> segment_block_writer::write_field(std::size_t n) {
  columns_.field(n, cells_);
  encoded_.clear();
  const text_summary summary = encode_texts(cells_.texts(), encoded_);
  segment_directory::new_chunk made;
  made.kind = chunk_kind::field;
  made.name = columns_.fields()[n];
  made.encoding = summary.encoding;
  made.bounds = bounds_of(summary);
  if (summary.encoding == text_encoding::raw && cells_.texts().size() > fewest_for_templates) {
    templates_.clear();
    encode_messages(cells_.texts(), templates_);
    if (templates_.size() < encoded_.size()) {
      encoded_.swap(templates_);
      made.encoding = encoding_of(encoded_);
    }
  }
  const auto distinct = distinct_texts(encoded_);
  // Texts as a whole cost nothing where they are few; elsewhere their words must do.
  made.filter_size = add_filter(distinct ? distinct->view() : cells_.texts(), distinct.has_value());
  return end_cells(made);
}

result<void> segment_block_writer::write_rest() {
  columns_.rest(cells_, values_);
  if (cells_.empty())
    return {};
  encoded_.clear();
  segment_directory::new_chunk made;
  made.kind = chunk_kind::rest;
  made.encoding = encode_texts(cells_.texts(), encoded_).encoding;
  made.filter_size = add_filter(values_.view(), true);
  return end_cells(made);
}

std::uint32_t segment_block_writer::add_filter(text_list texts, bool whole) {
  const std::size_t before = filters_->size();
  if (whole)
    filter_.add(texts);
  else
    filter_.add_words(texts);
  filter_.finish(*filters_);
  return static_cast<std::uint32_t>(filters_->size() - before);
}

result<void> segment_block_writer::end_cells(segment_directory::new_chunk made) {
  text_bytes_ += cells_.text_bytes();
  if (text_bytes_ > segment_format::most_block_text)
    return make_error(errc::too_large, "a row has more text than a segment's block may have: " +
                                           std::to_string(text_bytes_) + " bytes");
  made.text_bytes = static_cast<std::uint32_t>(cells_.text_bytes());
  cells_.encode(encoded_, *out_);
  end_chunk(made);
  return {};
}

void segment_block_writer::end_chunk(segment_directory::new_chunk made) {
  // Seeded with its place: a chunk that stands elsewhere is not taken for this one.
  const std::uint64_t place = directory_->filters_offset();
  byte_writer{*out_}.fixed(checksum(std::string_view{*out_}.substr(chunk_), place));
  made.size = static_cast<std::uint32_t>(out_->size() - chunk_);
  directory_->add_chunk(made);
  chunk_ = out_->size();
}

}  // namespace logstream
