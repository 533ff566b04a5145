// SPDX-License-Identifier: MIT
// An encoded block of messages, taken apart: its templates, which one each row is, and its variables.
#include "engine/store/templates/block_reader.hpp"

#include "engine/store/templates/code_column.hpp"
#include "engine/store/templates/word_column.hpp"

#include <array>

namespace logstream {

namespace {

class block_reader {
 public:
  block_reader(std::string_view encoded, std::size_t most_bytes, block_parts parts, template_block& into)
      : in_(encoded), most_bytes_(most_bytes), parts_(parts), into_(into) {}

  bool read(std::uint32_t count) {
    return read_rows(count) && read_word_dictionary(in_, most_bytes_, unpacker_, into_.texts) &&
           read_columns() && read_remainder();
  }

 private:
  bool read_rows(std::uint32_t count);
  bool read_columns();
  bool read_column(variable_kind kind, std::uint32_t count, std::uint32_t& first);
  bool read_texts(std::uint32_t count);
  bool read_remainder();

  // A variable is never empty and a dictionary's words are all used: together they are less than the
  // messages.
  std::size_t bytes_left() const {
    return most_bytes_ - (into_.texts.bytes.size() < most_bytes_ ? into_.texts.bytes.size() : most_bytes_);
  }

  byte_reader in_;
  std::size_t most_bytes_;
  block_parts parts_;
  template_block& into_;
  byte_unpacker unpacker_;
  std::uint32_t dictionary_words_ = 0;
};

bool block_reader::read_rows(std::uint32_t count) {
  const auto remainder = in_.fixed<std::uint8_t>();
  if (remainder > 1 || !read_templates(in_, count, most_bytes_, unpacker_, into_.templates))
    return false;
  const auto none = static_cast<std::uint32_t>(into_.templates.size());
  if (!read_codes(in_, count, none + remainder, unpacker_, into_.codes))
    return false;
  into_.rows.assign(none + 1, 0);
  for (const std::uint32_t each : into_.codes) ++into_.rows[each];
  std::uint64_t values = 0;
  for (std::uint32_t i = 0; i < none; ++i)
    values += std::uint64_t{into_.rows[i]} * into_.templates[i].variables.size();
  return values <= most_bytes_ && values <= UINT32_MAX;
}

bool block_reader::read_columns() {
  dictionary_words_ = into_.texts.view().size();
  constexpr std::size_t kinds = 4;
  std::array<std::uint32_t, kinds> shared{};
  into_.places.resize(into_.templates.size());
  const auto is_alone = [&](std::size_t i) { return into_.rows[i] >= message_template::least_rows_alone; };
  for (std::size_t i = 0; i < into_.templates.size(); ++i) {
    for (const variable_kind kind : into_.templates[i].variables) {
      variable_place& place = into_.places[i].emplace_back();
      std::uint32_t& before = shared[static_cast<std::size_t>(kind)];
      if (is_alone(i)) {
        if (!read_column(kind, into_.rows[i], place.first))
          return false;
      } else {
        place.first = before;
        before += into_.rows[i];
      }
    }
  }
  std::array<std::uint32_t, kinds> begins{};
  for (std::size_t kind = 0; kind < kinds; ++kind)
    if (shared[kind] != 0 && !read_column(static_cast<variable_kind>(kind), shared[kind], begins[kind]))
      return false;
  for (std::size_t i = 0; i < into_.templates.size(); ++i)
    for (std::size_t j = 0; j < into_.places[i].size(); ++j)
      if (!is_alone(i))
        into_.places[i][j].first += begins[static_cast<std::size_t>(into_.templates[i].variables[j])];
  return true;
}

bool block_reader::read_column(variable_kind kind, std::uint32_t count, std::uint32_t& first) {
  if (kind == variable_kind::digits) {
    first = static_cast<std::uint32_t>(into_.digits.size());
    return parts_.digits ? read_digits(in_, count, into_.digits) : skip_digits(in_, count);
  }
  first = static_cast<std::uint32_t>(into_.words.size());
  if (kind != variable_kind::word)
    return read_texts(count);
  return read_words(in_, count, dictionary_words_, bytes_left(), unpacker_, into_.texts, into_.words);
}

bool block_reader::read_texts(std::uint32_t count) {
  if (!parts_.hex) {
    in_.text();
    return in_.ok();
  }
  const std::uint32_t first = into_.texts.view().size();
  for (std::uint32_t i = 0; i < count; ++i) into_.words.push_back(first + i);
  return read_column_texts(in_, count, bytes_left(), into_.texts);
}

bool block_reader::read_remainder() {
  const std::uint32_t count = into_.rows.back();
  if (!parts_.remainder)
    return true;
  return (count == 0 || read_column_texts(in_, count, most_bytes_, into_.remainder)) && in_.finished();
}

}  // namespace

bool read_block(std::string_view encoded, std::uint32_t count, std::size_t most_bytes, block_parts parts,
                template_block& into) {
  return block_reader{encoded, most_bytes, parts, into}.read(count);
}

}  // namespace logstream
