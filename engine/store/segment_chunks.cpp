// SPDX-License-Identifier: MIT
// Chunks that stand near each other are read in one go.
#include "engine/store/segment_chunks.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/model/rest_entry.hpp"
#include "engine/store/number_codec.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

namespace {

// Reading so many bytes in vain costs less than asking the disk once more.
constexpr std::uint64_t near = 16 * 1024;

bool in_order(std::span<const timestamp> times, std::span<const std::uint64_t> sequences) {
  for (std::size_t i = 1; i < times.size(); ++i)
    if (times[i] < times[i - 1] || (times[i] == times[i - 1] && sequences[i] < sequences[i - 1]))
      return false;
  return true;
}

}  // namespace

result<segment_chunks> segment_chunks::read(const segment& of, std::uint32_t block,
                                            const column_selection& wanted) {
  segment_chunks made{of, block};
  made.select(wanted);
  if (auto read = made.read_selected(); !read)
    return read.failure();
  return made;
}

void segment_chunks::select(const column_selection& wanted) {
  const segment_directory& directory = of_->directory();
  const auto all = directory.chunks(block_);
  std::size_t found = 0;
  for (std::size_t n = 0; n < all.size(); ++n) {
    bool take = true;
    if (all[n].kind == chunk_kind::messages)
      take = wanted.messages;
    if (all[n].kind == chunk_kind::field && wanted.fields) {
      const std::string& name = directory.names[all[n].name];
      take = std::find(wanted.fields->begin(), wanted.fields->end(), name) != wanted.fields->end();
      found += take ? 1 : 0;
    }
    // A field stands in the rest only where it has no column.
    if (all[n].kind == chunk_kind::rest && wanted.fields)
      take = found < wanted.fields->size();
    if (take)
      chunks_.push_back({n, {}});
  }
}

result<void> segment_chunks::read_selected() {
  const segment_directory& directory = of_->directory();
  for (std::size_t begin = 0; begin < chunks_.size();) {
    std::size_t end = begin + 1;
    chunk_place last = directory.place(block_, chunks_[begin].n);
    for (; end < chunks_.size(); ++end) {
      const chunk_place next = directory.place(block_, chunks_[end].n);
      if (next.offset - (last.offset + last.size) > near)
        break;
      last = next;
    }
    if (auto read = read_range(begin, end); !read)
      return read;
    begin = end;
  }
  return {};
}

result<void> segment_chunks::read_range(std::size_t begin, std::size_t end) {
  const segment_directory& directory = of_->directory();
  const chunk_place first = directory.place(block_, chunks_[begin].n);
  const chunk_place last = directory.place(block_, chunks_[end - 1].n);
  auto bytes =
      of_->file_->read(first.offset, static_cast<std::size_t>(last.offset + last.size - first.offset));
  if (!bytes)
    return bytes.failure();
  bytes_.push_back(std::make_unique<std::string>(*std::move(bytes)));
  const std::string_view all{*bytes_.back()};
  for (std::size_t i = begin; i < end; ++i) {
    const chunk_place place = directory.place(block_, chunks_[i].n);
    const std::size_t at = static_cast<std::size_t>(place.offset - first.offset);
    const std::size_t size = place.size - segment_format::checksum_size;
    chunks_[i].bytes = all.substr(at, size);
    if (checksum(chunks_[i].bytes, place.offset) != byte_reader{all.substr(at + size)}.fixed<std::uint64_t>())
      return damaged(chunks_[i], make_error(errc::invalid, "the checksum is another"));
  }
  return {};
}

const segment_directory::chunk& segment_chunks::entry(const read_chunk& of) const {
  return of_->directory().chunks(block_)[of.n];
}

std::string segment_chunks::section(const read_chunk& of) const {
  static constexpr std::string_view kinds[] = {"times", "sequences", "messages", "field ", "rest"};
  const segment_directory::chunk& chunk = entry(of);
  std::string made = "block " + std::to_string(block_) + ", ";
  made += kinds[static_cast<std::size_t>(chunk.kind)];
  return chunk.kind == chunk_kind::field ? made + of_->directory().names[chunk.name] : made;
}

error segment_chunks::damaged(const read_chunk& at, const error& why) const {
  return of_->damaged(section(at), of_->directory().place(block_, at.n).offset, why);
}

const segment_chunks::read_chunk* segment_chunks::find(chunk_kind kind) const {
  const auto found = std::find_if(chunks_.begin(), chunks_.end(),
                                  [&](const read_chunk& each) { return entry(each).kind == kind; });
  return found == chunks_.end() ? nullptr : &*found;
}

result<encoded_cells> segment_chunks::messages() const {
  const read_chunk& at = *find(chunk_kind::messages);
  auto found = find_encoded_cells(at.bytes, of_->directory().blocks()[block_].rows);
  if (!found)
    return damaged(at, found.failure());
  return found;
}

result<std::optional<encoded_cells>> segment_chunks::field(std::string_view name) const {
  for (const read_chunk& each : chunks_) {
    if (entry(each).kind != chunk_kind::field || of_->directory().names[entry(each).name] != name)
      continue;
    const auto found = find_encoded_cells(each.bytes, of_->directory().blocks()[block_].rows);
    if (!found)
      return damaged(each, found.failure());
    return std::optional{*found};
  }
  return std::optional<encoded_cells>{};
}

result<void> segment_chunks::decode_times(std::vector<timestamp>& times,
                                          std::vector<std::uint64_t>& sequences) const {
  const segment_directory::block& block = of_->directory().blocks()[block_];
  std::vector<std::int64_t> numbers;
  if (auto read = decode_numbers(chunks_[0].bytes, block.rows, times); !read)
    return damaged(chunks_[0], read.failure());
  if (auto read = decode_numbers(chunks_[1].bytes, block.rows, numbers); !read)
    return damaged(chunks_[1], read.failure());
  sequences.assign(numbers.begin(), numbers.end());
  if (times.front() != block.min_time || times.back() != block.max_time || !in_order(times, sequences))
    return damaged(chunks_[0], make_error(errc::invalid, "these are not the block's times in order"));
  return {};
}

result<batch_ptr> segment_chunks::decode() const {
  const segment_directory& directory = of_->directory();
  const segment_stream& stream = directory.stream_of(block_);
  std::vector<timestamp> times;
  std::vector<std::uint64_t> sequences;
  if (auto read = decode_times(times, sequences); !read)
    return read.failure();
  given_rows rows;
  rows.labels = stream.labels;
  rows.severity = stream.severity;
  rows.from = directory.info.from;
  rows.times = times;
  rows.sequences = sequences;

  // What is given points into these.
  std::vector<decoded_cells> decoded;
  decoded.reserve(chunks_.size());
  std::size_t bytes_left = directory.blocks()[block_].text_bytes;
  for (std::size_t i = 2; i < chunks_.size(); ++i) {
    auto cells = decode_cells(chunks_[i].bytes, directory.blocks()[block_].rows, bytes_left);
    if (!cells)
      return damaged(chunks_[i], cells.failure());
    decoded.push_back(*std::move(cells));
    bytes_left -= decoded.back().texts.bytes.size();
    if (auto given = give(chunks_[i], decoded.back(), rows); !given)
      return damaged(chunks_[i], given.failure());
  }
  return batch_ptr{batch_assembler{rows}.assemble()};
}

result<void> segment_chunks::give(const read_chunk& of, const decoded_cells& cells, given_rows& to) const {
  const segment_directory::chunk& chunk = entry(of);
  const text_list texts = cells.texts.view();
  if (chunk.kind == chunk_kind::field) {
    to.columns.push_back(cells.named(of_->directory().names[chunk.name]));
    return {};
  }
  if (chunk.kind == chunk_kind::messages) {
    if (texts.size() != to.times.size())
      return make_error(errc::invalid, "some rows have no message");
    to.messages = texts;
    return {};
  }
  for (std::uint32_t n = 0; n < texts.size(); ++n)
    if (!are_rest_entries(texts[n]))
      return make_error(errc::invalid, "an entry makes no sense");
  to.rest = cells.named({});
  return {};
}

}  // namespace logstream
