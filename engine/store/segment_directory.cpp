// SPDX-License-Identifier: MIT
// One list for the chunks of all blocks, one for their minutes; a block knows where its own begin.
#include "engine/store/segment_directory.hpp"

#include "engine/model/labels.hpp"

#include <algorithm>

namespace logstream {

std::string_view segment_stream::service() const {
  return label_value(labels, "service");
}

std::span<const segment_directory::chunk> segment_directory::chunks(std::uint32_t block) const {
  const std::size_t begin = blocks_[block].first_chunk;
  const std::size_t end = block + 1 < blocks_.size() ? blocks_[block + 1].first_chunk : chunks_.size();
  return {chunks_.data() + begin, end - begin};
}

chunk_place segment_directory::place(std::uint32_t block, std::size_t n) const {
  const auto all = chunks(block);
  const std::uint32_t begin = n == 0 ? 0 : all[n - 1].end;
  return {blocks_[block].offset + begin, all[n].end - begin};
}

std::string_view segment_directory::filter(std::uint32_t block, std::size_t n,
                                           std::string_view filters) const {
  const auto all = chunks(block);
  const std::uint32_t begin = n == 0 ? 0 : all[n - 1].filter_end;
  const std::uint64_t at = blocks_[block].filters + begin;
  return at > filters.size() ? std::string_view{}
                             : filters.substr(static_cast<std::size_t>(at), all[n].filter_end - begin);
}

std::optional<number_bounds> segment_directory::bounds(const chunk& of) const {
  return of.bounds == 0 ? std::nullopt : std::optional{bounds_[of.bounds - 1]};
}

std::size_t segment_directory::memory() const {
  std::size_t bytes = sizeof(*this) + blocks_.capacity() * sizeof(block) +
                      chunks_.capacity() * sizeof(chunk) + bounds_.capacity() * sizeof(number_bounds) +
                      minutes_.capacity();
  for (const segment_stream& each : streams) bytes += sizeof(each) + each.labels.capacity();
  for (const std::string& each : names) bytes += sizeof(each) + each.capacity();
  return bytes;
}

void segment_directory::begin_block(block made) {
  made.first_chunk = static_cast<std::uint32_t>(chunks_.size());
  made.first_minute = static_cast<std::uint32_t>(minutes_.size());
  made.offset = segment_format::head_size + chunk_bytes_;
  made.filters = filter_bytes_;
  blocks_.push_back(made);
}

void segment_directory::add_block(std::uint32_t stream, std::span<const timestamp> times) {
  block made;
  made.min_time = times.front();
  made.max_time = times.back();
  made.rows = static_cast<std::uint32_t>(times.size());
  made.stream = stream;
  begin_block(made);
  byte_writer minutes{minutes_};
  std::int64_t next = minute_of(made.min_time);
  for (std::size_t row = 0; row < times.size();) {
    const std::size_t begin = row;
    const std::int64_t at = minute_of(times[row]);
    do ++row;
    while (row < times.size() && minute_of(times[row]) == at);
    minutes.varint(static_cast<std::uint64_t>(at - next));
    minutes.varint(row - begin);
    next = at + 1;
  }
  info.min_time = blocks_.size() == 1 ? made.min_time : std::min(info.min_time, made.min_time);
  info.max_time = blocks_.size() == 1 ? made.max_time : std::max(info.max_time, made.max_time);
  info.rows += made.rows;
}

void segment_directory::add_chunk(const new_chunk& made) {
  const bool first = chunks_.size() == blocks_.back().first_chunk;
  chunk added;
  added.kind = made.kind;
  added.encoding = made.encoding;
  added.name = made.name;
  added.end = (first ? 0 : chunks_.back().end) + made.size;
  added.filter_end = (first ? 0 : chunks_.back().filter_end) + made.filter_size;
  if (made.bounds) {
    bounds_.push_back(*made.bounds);
    added.bounds = static_cast<std::uint32_t>(bounds_.size());
  }
  chunks_.push_back(added);
  blocks_.back().text_bytes += made.text_bytes;
  info.text_bytes += made.text_bytes;
  chunk_bytes_ += made.size;
  filter_bytes_ += made.filter_size;
}

}  // namespace logstream
