// SPDX-License-Identifier: MIT
// What a segment file is made of: names, limits, head and trailer. See docs/formats/segment.md.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/model/id.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Sequences of a shard, both ends included.
struct sequence_range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  bool overlaps(const sequence_range& other) const { return first <= other.last && other.first <= last; }
  auto operator<=>(const sequence_range&) const = default;
};

/// What a segment is, beside its rows.
struct segment_info {
  origin from;
  /// 0 for rows that were sealed; a segment that replaces others stands above each of them.
  std::uint16_t level = 0;
  /// Which sequences it stands for: its rows, and all that went before it was written. Sorted, apart from
  /// each other, at least one.
  std::vector<sequence_range> covers;
  std::uint64_t rows = 0;
  /// Of the file; and of all texts as they were given.
  std::uint64_t bytes = 0;
  std::uint64_t text_bytes = 0;
  timestamp min_time = 0;
  timestamp max_time = 0;

  bool operator==(const segment_info&) const = default;
};

/// What a file's name tells of a segment.
struct segment_id {
  std::uint64_t first_sequence = 0;
  std::uint64_t last_sequence = 0;
  std::uint16_t level = 0;

  auto operator<=>(const segment_id&) const = default;
};

/// REQUIRES: info.covers is not empty.
segment_id id_of(const segment_info& info);
/// "seg-" first "-" last "-" level ".seg", in 16, 16 and 4 hexadecimal digits: names sort as sequences do.
std::string segment_name(const segment_id& id);
/// Reads what segment_name() makes; nothing else is a segment's name.
std::optional<segment_id> parse_segment_name(std::string_view name);

namespace segment_format {

inline constexpr std::uint16_t version = 1;
/// A block with more is not one of ours: what a reader allocates is bounded by these.
inline constexpr std::uint32_t most_block_rows = 16 * 1024;
inline constexpr std::uint32_t most_block_fields = 1024;
inline constexpr std::uint32_t most_block_text = 1024 * 1024 * 1024;
inline constexpr std::uint64_t most_directory_bytes = 256 * 1024 * 1024;

inline constexpr std::size_t head_size = 36;
inline constexpr std::size_t trailer_size = 40;
/// Behind each chunk.
inline constexpr std::size_t checksum_size = 8;

/// Where the directory is.
struct trailer {
  std::uint64_t directory_offset = 0;
  std::uint64_t directory_size = 0;
  std::uint64_t directory_checksum = 0;
};

std::string make_head(origin from, const segment_id& id);
std::string make_trailer(const trailer& from);

/// Errors: invalid, unsupported if it is whole and of a version that this one does not know.
result<segment_id> read_head(std::string_view bytes);
result<trailer> read_trailer(std::string_view bytes);

}  // namespace segment_format

}  // namespace logstream
