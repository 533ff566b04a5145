// SPDX-License-Identifier: MIT
// Head, trailer and name of a segment.
#include "engine/store/segment_format.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"

#include <charconv>

namespace logstream {

namespace {

constexpr std::string_view name_head = "seg-";
constexpr std::string_view name_tail = ".seg";

void append_hex(std::string& out, std::uint64_t value, int digits) {
  while (digits-- > 0) out += "0123456789abcdef"[value >> digits * 4 & 0xf];
}

template <class T>
bool take_hex(std::string_view& from, std::size_t digits, T& value) {
  if (from.size() < digits)
    return false;
  const auto [end, problem] = std::from_chars(from.data(), from.data() + digits, value, 16);
  from.remove_prefix(digits);
  return problem == std::errc{} && end == from.data();
}

bool take(std::string_view& from, std::string_view expected) {
  if (!from.starts_with(expected))
    return false;
  from.remove_prefix(expected.size());
  return true;
}

}  // namespace

segment_id id_of(const segment_info& info) {
  return {info.covers.front().first, info.covers.back().last, info.level};
}

std::string segment_name(const segment_id& id) {
  std::string name{name_head};
  append_hex(name, id.first_sequence, 16);
  name += '-';
  append_hex(name, id.last_sequence, 16);
  name += '-';
  append_hex(name, id.level, 4);
  return name += name_tail;
}

std::optional<segment_id> parse_segment_name(std::string_view name) {
  segment_id id;
  std::string_view left = name;
  const bool read = take(left, name_head) && take_hex(left, 16, id.first_sequence) && take(left, "-") &&
                    take_hex(left, 16, id.last_sequence) && take(left, "-") && take_hex(left, 4, id.level);
  // Made again: from_chars takes capital digits too.
  if (!read || id.first_sequence > id.last_sequence || segment_name(id) != name)
    return std::nullopt;
  return id;
}

namespace segment_format {

namespace {

constexpr std::string_view magic = "LSSEG\n";

error no_segment(std::string_view section, std::string_view why) {
  return make_error(errc::invalid, std::string{section} + ": " + std::string{why});
}

// Version, magic and the checksum of all before it stand at the end of head and trailer in every version.
result<void> check_end(std::string_view section, std::string_view bytes) {
  byte_reader end{bytes.substr(bytes.size() - checksum_size - magic.size() - 2)};
  const auto found = end.fixed<std::uint16_t>();
  if (end.raw(magic.size()) != magic)
    return no_segment(section, "this is no segment");
  if (end.fixed<std::uint64_t>() != checksum(bytes.substr(0, bytes.size() - checksum_size)))
    return no_segment(section, "the checksum is another");
  if (found != version)
    return make_error(errc::unsupported, std::string{section} + ": format version " + std::to_string(found) +
                                             " is not known, only " + std::to_string(version));
  return {};
}

void append_end(std::string& out) {
  byte_writer to{out};
  to.fixed(version);
  to.raw(magic);
  to.fixed(checksum(out));
}

}  // namespace

std::string make_head(origin from, const segment_id& id) {
  std::string bytes;
  byte_writer to{bytes};
  to.fixed(id.first_sequence);
  to.fixed(id.last_sequence);
  to.fixed(id.level);
  to.fixed(from.node);
  to.fixed(from.shard);
  append_end(bytes);
  return bytes;
}

result<segment_id> read_head(std::string_view bytes) {
  if (bytes.size() != head_size)
    return no_segment("head", "too short");
  if (auto checked = check_end("head", bytes); !checked)
    return checked.failure();
  byte_reader from{bytes};
  segment_id id;
  id.first_sequence = from.fixed<std::uint64_t>();
  id.last_sequence = from.fixed<std::uint64_t>();
  id.level = from.fixed<std::uint16_t>();
  return id;
}

std::string make_trailer(const trailer& from) {
  std::string bytes;
  byte_writer to{bytes};
  to.fixed(from.directory_offset);
  to.fixed(from.directory_size);
  to.fixed(from.directory_checksum);
  append_end(bytes);
  return bytes;
}

result<trailer> read_trailer(std::string_view bytes) {
  if (bytes.size() != trailer_size)
    return no_segment("trailer", "too short");
  if (auto checked = check_end("trailer", bytes); !checked)
    return checked.failure();
  byte_reader from{bytes};
  trailer read;
  read.directory_offset = from.fixed<std::uint64_t>();
  read.directory_size = from.fixed<std::uint64_t>();
  read.directory_checksum = from.fixed<std::uint64_t>();
  return read;
}

}  // namespace segment_format

}  // namespace logstream
