// SPDX-License-Identifier: MIT
// A manifest as one small file, written anew each time.
#include "engine/store/manifest.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"

#include <algorithm>

namespace logstream {

namespace {

// Version, magic and the checksum of all before it stand at the end in every version.
constexpr std::uint16_t format_version = 1;
constexpr std::string_view magic = "LSMAN\n";
constexpr std::size_t checksum_size = 8;
constexpr std::size_t end_size = sizeof(format_version) + magic.size() + checksum_size;

error damaged(std::string_view why) {
  return make_error(errc::invalid, "manifest: " + std::string{why});
}

void write_segment_info(const segment_info& from, byte_writer& to) {
  to.fixed(from.from.node);
  to.fixed(from.from.shard);
  to.fixed(from.level);
  to.varint(from.covers.size());
  for (const sequence_range& each : from.covers) {
    to.varint(each.first);
    to.varint(each.last - each.first);
  }
  to.varint(from.rows);
  to.varint(from.bytes);
  to.varint(from.text_bytes);
  to.fixed(from.min_time);
  to.fixed(from.max_time);
}

bool read_segment_info(byte_reader& from, segment_info& read) {
  read.from.node = from.fixed<std::uint8_t>();
  read.from.shard = from.fixed<std::uint8_t>();
  read.level = from.fixed<std::uint16_t>();
  for (std::uint64_t left = from.varint(); left > 0 && from.ok(); --left) {
    const std::uint64_t first = from.varint();
    const std::uint64_t more = from.varint();
    if (more > UINT64_MAX - first || (!read.covers.empty() && first <= read.covers.back().last))
      return false;
    read.covers.push_back({first, first + more});
  }
  read.rows = from.varint();
  read.bytes = from.varint();
  read.text_bytes = from.varint();
  read.min_time = from.fixed<timestamp>();
  read.max_time = from.fixed<timestamp>();
  return from.ok() && !read.covers.empty() && read.rows != 0 && read.min_time <= read.max_time;
}

bool any_overlap(const std::vector<segment_info>& segments) {
  std::vector<sequence_range> all;
  for (const segment_info& each : segments) all.insert(all.end(), each.covers.begin(), each.covers.end());
  std::sort(all.begin(), all.end());
  return std::adjacent_find(all.begin(), all.end(), [](const sequence_range& a, const sequence_range& b) {
           return a.overlaps(b);
         }) != all.end();
}

result<std::string_view> check_end(std::string_view bytes) {
  if (bytes.size() < end_size)
    return damaged("too short");
  byte_reader end{bytes.substr(bytes.size() - end_size)};
  const auto version = end.fixed<std::uint16_t>();
  if (end.raw(magic.size()) != magic)
    return damaged("this is none");
  if (end.fixed<std::uint64_t>() != checksum(bytes.substr(0, bytes.size() - checksum_size)))
    return damaged("the checksum is another");
  if (version != format_version)
    return make_error(errc::unsupported, "manifest: format version " + std::to_string(version) +
                                             " is not known, only " + std::to_string(format_version));
  return bytes.substr(0, bytes.size() - end_size);
}

}  // namespace

std::string encode_manifest(const manifest& from) {
  std::string bytes;
  byte_writer to{bytes};
  to.fixed(from.generation);
  to.fixed(from.sealed_through);
  to.fixed(from.next_sequence);
  to.fixed(from.floor.time);
  to.fixed(from.floor.sequence);
  to.varint(from.segments.size());
  for (const segment_info& each : from.segments) write_segment_info(each, to);
  to.fixed(format_version);
  to.raw(magic);
  to.fixed(checksum(bytes));
  return bytes;
}

result<manifest> decode_manifest(std::string_view bytes) {
  const auto content = check_end(bytes);
  if (!content)
    return content.failure();
  byte_reader from{*content};
  manifest read;
  read.generation = from.fixed<std::uint64_t>();
  read.sealed_through = from.fixed<std::uint64_t>();
  read.next_sequence = from.fixed<std::uint64_t>();
  read.floor.time = from.fixed<timestamp>();
  read.floor.sequence = from.fixed<std::uint64_t>();
  for (std::uint64_t left = from.varint(); left > 0 && from.ok(); --left)
    if (!read_segment_info(from, read.segments.emplace_back()))
      return damaged("segment " + std::to_string(read.segments.size() - 1) + " makes no sense");
  if (!from.finished() || read.sealed_through > read.next_sequence)
    return damaged("it makes no sense");
  if (any_overlap(read.segments))
    return damaged("two segments stand for the same sequence");
  return read;
}

result<void> save_manifest(file_system& in, const std::string& folder, const manifest& saved) {
  return replace_file(in, folder, std::string{manifest_name}, encode_manifest(saved));
}

result<manifest> load_manifest(file_system& in, const std::string& folder) {
  const std::string path = folder + "/" + std::string{manifest_name};
  const auto bytes = read_file(in, path);
  if (!bytes)
    return bytes.failure();
  auto read = decode_manifest(*bytes);
  if (!read)
    read.failure().message = path + ": " + read.failure().message;
  return read;
}

}  // namespace logstream
