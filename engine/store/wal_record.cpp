// SPDX-License-Identifier: MIT
// Log records: LZ4 where it pays, checksums over everything.
#include "engine/store/wal_record.hpp"

#include "engine/base/bytes.hpp"
#include "engine/base/checksum.hpp"
#include "engine/model/batch_codec.hpp"

#include <lz4.h>

#include <array>
#include <charconv>
#include <memory>

namespace logstream {

namespace {

constexpr std::string_view magic{"LOGWAL\r\n"};
constexpr std::uint32_t format_version = 1;

constexpr std::string_view name_begin{"wal-"};
constexpr std::string_view name_end{".log"};
constexpr std::size_t name_digits = 16;

// The codec, and the size of the encoded batch.
constexpr std::size_t payload_head_bytes = 5;

// Of LZ4's paces: a tenth less time than the usual one takes, for 4 percent more bytes.
constexpr int acceleration = 4;
// LZ4 gives out 255 bytes for one at most.
constexpr std::uint64_t greatest_expansion = 255;

bool pays(std::size_t packed, std::size_t raw) {
  return packed != 0 && packed < raw - raw / 16;
}

void put_payload_head(std::string& out, wal_codec codec, std::size_t raw) {
  byte_writer head{out};
  head.fixed(codec);
  head.fixed(static_cast<std::uint32_t>(raw));
}

// Puts the packed form in the place of an unpacked payload if that is smaller.
void pack(std::string& payload) {
  const std::string_view raw = std::string_view{payload}.substr(payload_head_bytes);
  if (raw.size() > most_wal_payload_bytes)
    return;
  const int size = static_cast<int>(raw.size());
  const int bound = LZ4_compressBound(size);
  const std::unique_ptr<char[]> packed{new char[static_cast<std::size_t>(bound)]};
  const auto packed_size =
      static_cast<std::size_t>(LZ4_compress_fast(raw.data(), packed.get(), size, bound, acceleration));
  if (!pays(packed_size, raw.size()))
    return;
  std::string made;
  made.reserve(payload_head_bytes + packed_size);
  put_payload_head(made, wal_codec::lz4, raw.size());
  made.append(packed.get(), packed_size);
  payload = std::move(made);
}

result<std::shared_ptr<batch>> unpack(std::string_view packed, std::uint32_t raw) {
  if (raw > packed.size() * greatest_expansion || raw > most_wal_payload_bytes)
    return make_error(errc::invalid, "not a log payload: size of the batch");
  const std::unique_ptr<char[]> bytes{new char[raw]};
  const int size =
      LZ4_decompress_safe(packed.data(), bytes.get(), static_cast<int>(packed.size()), static_cast<int>(raw));
  if (size < 0 || static_cast<std::uint32_t>(size) != raw)
    return make_error(errc::invalid, "not a log payload: LZ4");
  return decode_batch({bytes.get(), raw});
}

}  // namespace

wal_payload make_wal_payload(const batch& rows) {
  wal_payload made;
  put_payload_head(made.bytes, wal_codec::none, 0);
  encode_batch(rows, made.bytes);
  std::string head;
  put_payload_head(head, wal_codec::none, made.bytes.size() - payload_head_bytes);
  made.bytes.replace(0, payload_head_bytes, head);
  pack(made.bytes);
  made.checksum = checksum(made.bytes);
  return made;
}

result<std::shared_ptr<batch>> read_wal_payload(std::string_view bytes) {
  byte_reader in{bytes};
  const auto codec = in.fixed<wal_codec>();
  const auto raw = in.fixed<std::uint32_t>();
  const std::string_view body = in.raw(in.left());
  if (!in.ok() || body.size() > most_wal_payload_bytes)
    return make_error(errc::invalid, "not a log payload: head");
  switch (codec) {
    case wal_codec::none:
      if (raw != body.size())
        break;
      return decode_batch(body);
    case wal_codec::lz4:
      return unpack(body, raw);
  }
  return make_error(errc::invalid, "not a log payload: codec");
}

std::string wal_file_name(std::uint64_t number) {
  std::array<char, name_digits> digits;
  const auto [end, problem] = std::to_chars(digits.data(), digits.data() + digits.size(), number, 16);
  const auto size = static_cast<std::size_t>(end - digits.data());
  std::string name{name_begin};
  name.append(name_digits - size, '0').append(digits.data(), size);
  return name += name_end;
}

std::optional<std::uint64_t> parse_wal_file_name(std::string_view name) {
  std::uint64_t number = 0;
  if (name.size() != name_begin.size() + name_digits + name_end.size())
    return std::nullopt;
  const char* const first = name.data() + name_begin.size();
  const auto [end, problem] = std::from_chars(first, first + name_digits, number, 16);
  // Written again it must be the same: no capitals, no sign, nothing else around it.
  if (problem != std::errc{} || name != wal_file_name(number))
    return std::nullopt;
  return number;
}

std::string wal_file_head(std::uint64_t number) {
  std::string made{magic};
  byte_writer out{made};
  out.fixed(format_version);
  out.fixed(std::uint32_t{0});
  out.fixed(number);
  out.fixed(checksum(made));
  return made;
}

std::optional<std::uint64_t> parse_wal_file_head(std::string_view bytes) {
  constexpr std::size_t number_at = 16;
  if (bytes.size() != wal_file_head_bytes)
    return std::nullopt;
  const auto number = byte_reader{bytes.substr(number_at)}.fixed<std::uint64_t>();
  return bytes == wal_file_head(number) ? std::optional{number} : std::nullopt;
}

std::uint64_t wal_checksum(const wal_record_head& head, wal_place at, std::uint64_t payload_checksum) {
  std::string fields;
  append_wal_record_head(fields, head);
  fields.resize(fields.size() - sizeof(head.checksum));
  byte_writer out{fields};
  out.fixed(at.file);
  out.fixed(at.offset);
  return checksum(fields, payload_checksum);
}

void append_wal_record_head(std::string& to, const wal_record_head& head) {
  byte_writer out{to};
  out.fixed(head.payload_bytes);
  out.fixed(head.kind);
  out.fixed(head.shard);
  out.fixed(head.first_sequence);
  out.fixed(head.checksum);
}

wal_record_head read_wal_record_head(std::string_view bytes) {
  byte_reader in{bytes};
  wal_record_head head;
  head.payload_bytes = in.fixed<std::uint32_t>();
  head.kind = in.fixed<wal_kind>();
  head.shard = in.fixed<std::uint8_t>();
  head.first_sequence = in.fixed<std::uint64_t>();
  head.checksum = in.fixed<std::uint64_t>();
  return head;
}

}  // namespace logstream
