// SPDX-License-Identifier: MIT
// Sizes as numbers, bytes as they are or through zstd.
#include "engine/store/text/raw.hpp"

#include "engine/store/number_codec.hpp"
#include "engine/store/text/typed_column.hpp"
#include "engine/store/zstd_block.hpp"

#include <cstring>
#include <vector>

namespace logstream {

namespace {

// Persisted.
enum class raw_bytes : std::uint8_t { plain = 0, zstd = 1 };

// A frame has a head of its own.
constexpr std::size_t smallest_compressed = 40;

std::string sizes_of(text_list texts) {
  std::vector<std::int64_t> sizes;
  sizes.reserve(texts.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t end : texts.ends) {
    sizes.push_back(end - begin);
    begin = end;
  }
  std::string encoded;
  encode_numbers(sizes, encoded);
  return encoded;
}

// False if the sizes are none, or not those of all `bytes` bytes. Appends the ends.
bool add_ends(const std::vector<std::int64_t>& sizes, std::uint64_t bytes, text_buffer& out) {
  std::uint64_t end = 0;
  const std::size_t begin = out.bytes.size();
  out.ends.reserve(out.ends.size() + sizes.size());
  for (const std::int64_t size : sizes) {
    if (static_cast<std::uint64_t>(size) > bytes - end)
      return false;
    end += static_cast<std::uint64_t>(size);
    out.ends.push_back(static_cast<std::uint32_t>(begin + end));
  }
  return end == bytes;
}

}  // namespace

void write_raw(text_list texts, std::string& out) {
  byte_writer to{out};
  const std::string_view bytes = texts.bytes.substr(0, texts.size() == 0 ? 0 : texts.ends.back());
  to.varint(bytes.size());
  to.text(sizes_of(texts));
  const std::size_t kind = out.size();
  to.fixed(raw_bytes::zstd);
  if (bytes.size() >= smallest_compressed && compress_block(bytes, out) < bytes.size() - bytes.size() / 16)
    return;
  out.resize(kind);
  to.fixed(raw_bytes::plain);
  to.raw(bytes);
}

bool read_raw(byte_reader& from, std::uint32_t count, std::size_t most_bytes, text_buffer& out) {
  const std::uint64_t size = from.varint();
  std::vector<std::int64_t> sizes;
  if (!decode_numbers(from.text(), count, sizes))
    return false;
  const auto kind = from.fixed<raw_bytes>();
  const std::string_view bytes = from.raw(from.left());
  if (!from.ok() || kind > raw_bytes::zstd || (kind == raw_bytes::plain && bytes.size() != size))
    return false;
  // Checks the sizes first: nothing is unpacked in vain.
  if (size > most_bytes || size > UINT32_MAX - out.bytes.size() || !add_ends(sizes, size, out))
    return false;
  char* const to = make_room(out, size, most_bytes);
  if (to == nullptr)
    return false;
  if (kind == raw_bytes::zstd)
    return decompress_block(bytes, to, size);
  if (size != 0)
    std::memcpy(to, bytes.data(), size);
  return true;
}

}  // namespace logstream
