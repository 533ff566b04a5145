// SPDX-License-Identifier: MIT
// What a segment holds, block by block and column by column, without the cells: kept in memory while the
// segment is open, in about 60 bytes a block, 20 a column and 3 a minute.
#pragma once

#include "engine/base/bytes.hpp"
#include "engine/base/result.hpp"
#include "engine/model/level.hpp"
#include "engine/store/segment_format.hpp"
#include "engine/store/text_codec.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What a chunk holds, in the order in which a block has them; times, sequences and messages are always
/// there. Persisted: values never change.
enum class chunk_kind : std::uint8_t { times = 0, sequences = 1, messages = 2, field = 3, rest = 4 };

/// Bytes of the file, checksum included; offsets are the file's.
struct chunk_place {
  std::uint64_t offset = 0;
  std::uint32_t size = 0;
};

/// The least and the greatest of a column of numbers.
struct number_bounds {
  double least = 0;
  double greatest = 0;
};

/// Rows of one level and one set of labels.
struct segment_stream {
  std::string labels;
  level severity = level::unknown;

  std::string_view service() const;
};

class segment_directory {
 public:
  /// A block's rows are all of one stream.
  struct block {
    timestamp min_time = 0;
    timestamp max_time = 0;
    std::uint32_t rows = 0;
    std::uint32_t stream = 0;
    /// Of all texts, as they were given.
    std::uint32_t text_bytes = 0;

   private:
    friend class segment_directory;
    std::uint32_t first_chunk = 0;
    std::uint32_t first_minute = 0;
    std::uint64_t offset = 0;
    std::uint64_t filters = 0;
  };
  struct chunk {
    chunk_kind kind = chunk_kind::times;
    text_encoding encoding = text_encoding::raw;
    /// Which name a field has.
    std::uint32_t name = 0;

   private:
    friend class segment_directory;
    // Behind the last byte, from where the block's chunks and filters begin.
    std::uint32_t end = 0;
    std::uint32_t filter_end = 0;
    std::uint32_t bounds = 0;
  };

  /// What a chunk is made known with.
  struct new_chunk {
    chunk_kind kind = chunk_kind::times;
    text_encoding encoding = text_encoding::raw;
    std::uint32_t name = 0;
    std::uint32_t size = 0;
    std::uint32_t filter_size = 0;
    std::uint32_t text_bytes = 0;
    std::optional<number_bounds> bounds;
  };

  segment_info info;
  std::vector<segment_stream> streams;
  std::vector<std::string> names;

  std::span<const block> blocks() const { return blocks_; }
  std::span<const chunk> chunks(std::uint32_t block) const;
  const segment_stream& stream_of(std::uint32_t block) const { return streams[blocks_[block].stream]; }
  /// Where chunks(block)[n] is.
  chunk_place place(std::uint32_t block, std::size_t n) const;
  /// The filter of chunks(block)[n], out of those of the whole segment; empty if it has none.
  std::string_view filter(std::uint32_t block, std::size_t n, std::string_view filters) const;
  std::optional<number_bounds> bounds(const chunk& of) const;
  /// Calls f(minute, rows) for each minute in which the block has rows, in order.
  template <class F>
  void for_each_minute(std::uint32_t block, F&& f) const;

  /// Where the filters of all chunks stand together, behind the last chunk.
  std::uint64_t filters_offset() const { return segment_format::head_size + chunk_bytes_; }
  std::uint64_t filters_size() const { return filter_bytes_; }
  /// Of this in memory.
  std::size_t memory() const;

  /// Adds a block that stands behind the last one; `times` are those of its rows, sorted, not empty.
  void add_block(std::uint32_t stream, std::span<const timestamp> times);
  /// Adds a chunk to the last block. REQUIRES: the block's texts stay below 4 GiB.
  void add_chunk(const new_chunk& made);

  /// Appends all of it.
  void encode(std::string& out) const;
  /// Reads what encode() wrote. `bytes` may be anything: errors (invalid) say where it does not make sense.
  static result<segment_directory> decode(std::string_view bytes);

 private:
  friend class segment_directory_reader;
  void begin_block(block made);

  std::vector<block> blocks_;
  std::vector<chunk> chunks_;
  std::vector<number_bounds> bounds_;
  // As docs/formats/segment.md has them: most of them are two small numbers.
  std::string minutes_;
  std::uint64_t chunk_bytes_ = 0;
  std::uint64_t filter_bytes_ = 0;
};

template <class F>
void segment_directory::for_each_minute(std::uint32_t block, F&& f) const {
  byte_reader from{std::string_view{minutes_}.substr(blocks_[block].first_minute)};
  std::int64_t minute = minute_of(blocks_[block].min_time);
  for (std::uint32_t left = blocks_[block].rows; left > 0;) {
    minute += static_cast<std::int64_t>(from.varint());
    const auto rows = static_cast<std::uint32_t>(from.varint());
    f(minute++, rows);
    left -= rows;
  }
}

}  // namespace logstream
