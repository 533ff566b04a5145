// SPDX-License-Identifier: MIT
// Small numbers, each below a limit that the reader knows, in few bits.
#include "engine/store/templates/code_column.hpp"

#include "engine/store/templates/bit_stream.hpp"

namespace logstream {

namespace {

enum class code_mode : std::uint8_t { bits = 0, packed = 1 };

// Fewer codes do not pay for a frame; more than a byte each is left as bits.
constexpr std::size_t least_packed = 64;
constexpr std::uint32_t most_packed = 256;

void append_bits(std::span<const std::uint32_t> codes, unsigned width, std::string& out) {
  bit_writer writer{out};
  for (const std::uint32_t each : codes) writer.put(each, width);
  writer.flush();
}

bool read_bits(byte_reader& in, std::uint32_t count, std::uint32_t limit, std::vector<std::uint32_t>& codes) {
  const unsigned width = bit_width_of(limit - 1);
  const std::string_view bytes = in.raw(bit_reader::bytes_of(count, width));
  if (!in.ok())
    return false;
  bit_reader reader{bytes};
  std::uint64_t greatest = 0;
  codes.reserve(codes.size() + count);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t code = reader.take(width);
    greatest = code > greatest ? code : greatest;
    codes.push_back(static_cast<std::uint32_t>(code));
  }
  return greatest < limit;
}

bool read_packed(byte_reader& in, std::uint32_t count, std::uint32_t limit, byte_unpacker& unpacker,
                 std::vector<std::uint32_t>& codes) {
  std::string bytes;
  if (!unpacker.read(in, count, bytes) || bytes.size() != count)
    return false;
  codes.reserve(codes.size() + count);
  for (const char each : bytes) {
    const auto code = static_cast<unsigned char>(each);
    if (code >= limit)
      return false;
    codes.push_back(code);
  }
  return true;
}

}  // namespace

void append_codes(std::span<const std::uint32_t> codes, std::uint32_t limit, byte_packer& packer,
                  std::string& out) {
  if (limit <= 1)
    return;
  const unsigned width = bit_width_of(limit - 1);
  if (limit <= most_packed && codes.size() >= least_packed) {
    const std::string bytes(codes.begin(), codes.end());
    const std::size_t before = out.size();
    out.push_back(static_cast<char>(code_mode::packed));
    packer.append(bytes, out);
    if (out.size() - before <= bit_reader::bytes_of(codes.size(), width))
      return;
    out.resize(before);
  }
  out.push_back(static_cast<char>(code_mode::bits));
  append_bits(codes, width, out);
}

bool read_codes(byte_reader& in, std::uint32_t count, std::uint32_t limit, byte_unpacker& unpacker,
                std::vector<std::uint32_t>& codes) {
  if (limit <= 1) {
    codes.resize(codes.size() + count);
    return limit == 1 || count == 0;
  }
  switch (in.fixed<code_mode>()) {
    case code_mode::bits:
      return read_bits(in, count, limit, codes);
    case code_mode::packed:
      return read_packed(in, count, limit, unpacker, codes);
  }
  return false;
}

}  // namespace logstream
