// SPDX-License-Identifier: MIT
// The directory to bytes and back; places are sums of sizes, so that none can point anywhere else.
#include "engine/base/bytes.hpp"
#include "engine/store/segment_directory.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace logstream {

namespace {

constexpr std::uint8_t kind_bits = 0x07;
constexpr std::uint8_t has_bounds = 0x08;

}  // namespace

void segment_directory::encode(std::string& out) const {
  byte_writer to{out};
  to.fixed(info.from.node);
  to.fixed(info.from.shard);
  to.varint(info.level);
  to.varint(info.covers.size());
  for (const sequence_range& each : info.covers) {
    to.varint(each.first);
    to.varint(each.last - each.first);
  }
  to.varint(streams.size());
  for (const segment_stream& each : streams) {
    to.fixed(each.severity);
    to.text(each.labels);
  }
  to.varint(names.size());
  for (const std::string& each : names) to.text(each);
  to.varint(blocks_.size());
  for (std::uint32_t i = 0; i < blocks_.size(); ++i) {
    const block& each = blocks_[i];
    to.varint(each.stream);
    to.varint(each.text_bytes);
    to.varint(each.rows);
    to.zigzag(each.min_time);
    to.varint(static_cast<std::uint64_t>(each.max_time) - static_cast<std::uint64_t>(each.min_time));
    const std::size_t minutes_end = i + 1 < blocks_.size() ? blocks_[i + 1].first_minute : minutes_.size();
    to.raw(std::string_view{minutes_}.substr(each.first_minute, minutes_end - each.first_minute));
    const auto all = chunks(i);
    to.varint(all.size());
    for (std::size_t n = 0; n < all.size(); ++n) {
      const chunk& one = all[n];
      const auto known = bounds(one);
      to.fixed(static_cast<std::uint8_t>(static_cast<std::uint8_t>(one.kind) | (known ? has_bounds : 0)));
      to.fixed(one.encoding);
      if (one.kind == chunk_kind::field)
        to.varint(one.name);
      to.varint(one.end - (n == 0 ? 0 : all[n - 1].end));
      to.varint(one.filter_end - (n == 0 ? 0 : all[n - 1].filter_end));
      if (known) {
        to.fixed(std::bit_cast<std::uint64_t>(known->least));
        to.fixed(std::bit_cast<std::uint64_t>(known->greatest));
      }
    }
  }
}

/// Reads one directory. Each function says whether what it read makes sense.
class segment_directory_reader {
 public:
  explicit segment_directory_reader(std::string_view bytes) : from_(bytes) {}

  result<segment_directory> read() {
    if (!read_head())
      return no_sense("head");
    if (!read_streams())
      return no_sense("streams");
    if (!read_names())
      return no_sense("names");
    const std::uint64_t blocks = from_.varint();
    for (std::uint64_t i = 0; i < blocks; ++i)
      if (!read_block() || !read_chunks())
        return no_sense("block " + std::to_string(i));
    if (!from_.finished() || blocks == 0)
      return no_sense("end");
    made_.blocks_.shrink_to_fit();
    made_.chunks_.shrink_to_fit();
    made_.bounds_.shrink_to_fit();
    made_.minutes_.shrink_to_fit();
    return std::move(made_);
  }

 private:
  static error no_sense(const std::string& where) {
    return make_error(errc::invalid, "directory, " + where + ": this makes no sense");
  }

  bool read_head() {
    made_.info.from.node = from_.fixed<std::uint8_t>();
    made_.info.from.shard = from_.fixed<std::uint8_t>();
    const std::uint64_t level = from_.varint();
    made_.info.level = static_cast<std::uint16_t>(level);
    auto& covers = made_.info.covers;
    for (std::uint64_t left = from_.varint(); left > 0 && from_.ok(); --left) {
      const std::uint64_t first = from_.varint();
      const std::uint64_t more = from_.varint();
      if (more > UINT64_MAX - first || (!covers.empty() && first <= covers.back().last))
        return false;
      covers.push_back({first, first + more});
    }
    return from_.ok() && level <= UINT16_MAX && !covers.empty();
  }

  bool read_streams() {
    for (std::uint64_t left = from_.varint(); left > 0 && from_.ok(); --left) {
      const auto severity = from_.fixed<std::uint8_t>();
      if (severity >= level_count)
        return false;
      made_.streams.push_back({std::string{from_.text()}, static_cast<level>(severity)});
    }
    return from_.ok();
  }

  bool read_names() {
    for (std::uint64_t left = from_.varint(); left > 0 && from_.ok(); --left)
      made_.names.emplace_back(from_.text());
    std::vector<std::string_view> sorted{made_.names.begin(), made_.names.end()};
    std::sort(sorted.begin(), sorted.end());
    return from_.ok() && std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  }

  bool read_block() {
    segment_directory::block read;
    const std::uint64_t stream = from_.varint();
    const std::uint64_t text_bytes = from_.varint();
    const std::uint64_t rows = from_.varint();
    read.min_time = from_.zigzag();
    const std::uint64_t span = from_.varint();
    if (!from_.ok() || stream >= made_.streams.size() || text_bytes > segment_format::most_block_text ||
        rows == 0 || rows > segment_format::most_block_rows ||
        span > static_cast<std::uint64_t>(INT64_MAX) - static_cast<std::uint64_t>(read.min_time))
      return false;
    read.stream = static_cast<std::uint32_t>(stream);
    read.text_bytes = static_cast<std::uint32_t>(text_bytes);
    read.rows = static_cast<std::uint32_t>(rows);
    read.max_time = static_cast<timestamp>(static_cast<std::uint64_t>(read.min_time) + span);
    made_.begin_block(read);
    segment_info& info = made_.info;
    info.min_time = made_.blocks_.size() == 1 ? read.min_time : std::min(info.min_time, read.min_time);
    info.max_time = made_.blocks_.size() == 1 ? read.max_time : std::max(info.max_time, read.max_time);
    info.rows += rows;
    info.text_bytes += text_bytes;
    return read_minutes(read);
  }

  bool read_minutes(const segment_directory::block& of) {
    const auto last = static_cast<std::uint64_t>(minute_of(of.max_time) - minute_of(of.min_time));
    std::uint64_t next = 0;
    for (std::uint64_t left = of.rows; left > 0;) {
      const std::uint64_t distance = from_.varint();
      const std::uint64_t rows = from_.varint();
      if (rows == 0 || rows > left || next > last || distance > last - next || (next == 0 && distance != 0))
        return false;
      byte_writer{made_.minutes_}.varint(distance);
      byte_writer{made_.minutes_}.varint(rows);
      next += distance + 1;
      left -= rows;
    }
    return next == last + 1;
  }

  bool read_chunks() {
    const std::size_t first = made_.chunks_.size();
    std::uint64_t bytes = 0;
    std::uint64_t filter_bytes = 0;
    for (std::uint64_t left = from_.varint(); left > 0 && from_.ok(); --left) {
      const auto head = from_.fixed<std::uint8_t>();
      segment_directory::new_chunk read;
      read.kind = static_cast<chunk_kind>(head & kind_bits);
      read.encoding = from_.fixed<text_encoding>();
      const std::uint64_t name = read.kind == chunk_kind::field ? from_.varint() : 0;
      const std::uint64_t size = from_.varint();
      const std::uint64_t filter_size = from_.varint();
      if (!from_.ok() || head > (kind_bits | has_bounds) || read.encoding > text_encoding::templates ||
          name > UINT32_MAX || size < segment_format::checksum_size || size > UINT32_MAX - bytes ||
          filter_size > UINT32_MAX - filter_bytes)
        return false;
      bytes += size;
      filter_bytes += filter_size;
      read.name = static_cast<std::uint32_t>(name);
      read.size = static_cast<std::uint32_t>(size);
      read.filter_size = static_cast<std::uint32_t>(filter_size);
      if (!follows(read, made_.chunks_.size() - first) || !read_bounds((head & has_bounds) != 0, read))
        return false;
      made_.add_chunk(read);
    }
    const std::size_t chunks = made_.chunks_.size() - first;
    return from_.ok() && chunks >= 3 && chunks <= 4 + segment_format::most_block_fields;
  }

  // Times, sequences and messages, then fields in the order of their names' numbers, then perhaps the rest.
  bool follows(const segment_directory::new_chunk& read, std::size_t n) const {
    if (n < 3)
      return read.kind == static_cast<chunk_kind>(n);
    const segment_directory::chunk& before = made_.chunks_.back();
    if (read.kind == chunk_kind::rest)
      return before.kind != chunk_kind::rest;
    return read.kind == chunk_kind::field && read.name < made_.names.size() &&
           (before.kind == chunk_kind::messages ||
            (before.kind == chunk_kind::field && before.name < read.name));
  }

  bool read_bounds(bool given, segment_directory::new_chunk& read) {
    if (!given)
      return true;
    number_bounds bounds;
    bounds.least = std::bit_cast<double>(from_.fixed<std::uint64_t>());
    bounds.greatest = std::bit_cast<double>(from_.fixed<std::uint64_t>());
    read.bounds = bounds;
    return std::isfinite(bounds.least) && std::isfinite(bounds.greatest) && bounds.least <= bounds.greatest;
  }

  byte_reader from_;
  segment_directory made_;
};

result<segment_directory> segment_directory::decode(std::string_view bytes) {
  return segment_directory_reader{bytes}.read();
}

}  // namespace logstream
