// SPDX-License-Identifier: MIT
// Ranges of cells are copied as ranges of bytes.
#include "engine/store/segment_cells.hpp"

#include "engine/store/segment_bits.hpp"
#include "engine/store/segment_rows.hpp"

#include <algorithm>

namespace logstream {

namespace {

// Flags of a column's first byte. Persisted: values never change.
constexpr std::uint8_t some_rows = 1;
constexpr std::uint8_t all_literal = 2;
constexpr std::uint8_t some_literal = 4;

void set_bit(std::vector<std::uint64_t>& words, std::size_t bit) {
  words[bit / 64] |= std::uint64_t{1} << bit % 64;
}

// Sets the bits [begin, end).
void set_bits(std::vector<std::uint64_t>& words, std::size_t begin, std::size_t end) {
  while (begin < end) {
    const std::size_t count = std::min<std::size_t>(64 - begin % 64, end - begin);
    words[begin / 64] |= (count == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1) << begin % 64;
    begin += count;
  }
}

struct cells_head {
  decoded_cells maps;
  encoded_cells rest;
};

result<cells_head> read_head(std::string_view bytes, std::uint32_t rows) {
  byte_reader from{bytes};
  const auto flags = from.fixed<std::uint8_t>();
  cells_head read;
  read.rest.count = rows;
  if ((flags & some_rows) != 0) {
    read.maps.present = take_bits(from, rows);
    read.rest.count = count_bits(read.maps.present);
  }
  read.maps.all_literal = (flags & all_literal) != 0;
  if ((flags & some_literal) != 0)
    read.maps.literal = take_bits(from, read.rest.count);
  if (!from.ok() || flags > (some_rows | some_literal | all_literal) || read.rest.count == 0)
    return make_error(errc::invalid, "the maps of rows and literals make no sense");
  read.rest.texts = from.raw(from.left());
  return read;
}

}  // namespace

void cell_collector::start(std::uint32_t rows) {
  rows_ = rows;
  texts_.clear();
  present_.assign(bit_words(rows), 0);
  literal_.assign(bit_words(rows), 0);
  literals_ = 0;
}

void cell_collector::put(const column& from, std::uint32_t begin, std::uint32_t end, std::uint32_t at) {
  const std::uint32_t first = from.cells_before(begin);
  const std::uint32_t count = cells_in(from, begin, end);
  if (count == 0)
    return;
  if (count == end - begin)
    set_bits(present_, at, at + count);
  else
    for (std::uint32_t row = begin; row < end; ++row)
      if (from.has(row))
        set_bit(present_, at + (row - begin));
  const std::size_t before = texts_.ends.size();
  if (from.all_literal()) {
    set_bits(literal_, before, before + count);
    literals_ += count;
  } else if (from.any_literal()) {
    for (std::uint32_t i = 0; i < count; ++i)
      if (from.nth(first + i).literal) {
        set_bit(literal_, before + i);
        ++literals_;
      }
  }
  // Ends of the copy are those of the source, moved; the difference may wrap around.
  const std::uint32_t source = first == 0 ? 0 : from.ends()[first - 1];
  const std::uint32_t shift = static_cast<std::uint32_t>(texts_.bytes.size()) - source;
  texts_.bytes.append(from.bytes().substr(source, from.ends()[first + count - 1] - source));
  texts_.ends.resize(before + count);
  std::transform(from.ends() + first, from.ends() + first + count,
                 texts_.ends.begin() + static_cast<std::ptrdiff_t>(before),
                 [shift](std::uint32_t each) { return each + shift; });
}

void cell_collector::put(const cell& what, std::uint32_t row) {
  if ((present_[row / 64] >> row % 64 & 1) != 0)
    return;
  set_bit(present_, row);
  if (what.literal) {
    set_bit(literal_, texts_.ends.size());
    ++literals_;
  }
  texts_.push(what.text);
}

void cell_collector::encode(std::string_view encoded_texts, std::string& out) const {
  const auto cells = static_cast<std::uint32_t>(texts_.ends.size());
  byte_writer to{out};
  const bool mixed = literals_ != 0 && literals_ != cells;
  to.fixed(static_cast<std::uint8_t>((cells != rows_ ? some_rows : 0) | (mixed ? some_literal : 0) |
                                     (literals_ == cells ? all_literal : 0)));
  if (cells != rows_)
    append_bits(present_, rows_, to);
  if (mixed)
    append_bits(std::span{literal_}.first(bit_words(cells)), cells, to);
  to.raw(encoded_texts);
}

result<decoded_cells> decode_cells(std::string_view bytes, std::uint32_t rows, std::size_t most_bytes) {
  auto head = read_head(bytes, rows);
  if (!head)
    return head.failure();
  decoded_cells made = std::move(head->maps);
  if (auto decoded = decode_texts(head->rest.texts, head->rest.count, most_bytes, made.texts); !decoded)
    return decoded.failure();
  return made;
}

result<encoded_cells> find_encoded_cells(std::string_view bytes, std::uint32_t rows) {
  const auto head = read_head(bytes, rows);
  if (!head)
    return head.failure();
  return head->rest;
}

}  // namespace logstream
