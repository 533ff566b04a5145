// SPDX-License-Identifier: MIT
// Bytes through zstd where that makes them fewer.
#include "engine/store/templates/packed_bytes.hpp"

namespace logstream {

namespace {

constexpr int level = 3;
// Below this a frame's head costs more than it saves.
constexpr std::size_t least_bytes = 32;

}  // namespace

byte_packer::byte_packer() : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {}

void byte_packer::append(std::string_view bytes, std::string& out) {
  byte_writer writer{out};
  writer.varint(bytes.size());
  std::size_t size = 0;
  if (bytes.size() >= least_bytes && context_) {
    packed_.resize(ZSTD_compressBound(bytes.size()));
    size =
        ZSTD_compressCCtx(context_.get(), packed_.data(), packed_.size(), bytes.data(), bytes.size(), level);
    if (ZSTD_isError(size) != 0 || size >= bytes.size())
      size = 0;
  }
  writer.varint(size);
  writer.raw(size == 0 ? bytes : std::string_view{packed_}.substr(0, size));
}

byte_unpacker::byte_unpacker() : context_(ZSTD_createDCtx(), ZSTD_freeDCtx) {}

bool byte_unpacker::read(byte_reader& in, std::size_t most, std::string& out) {
  const std::uint64_t size = in.varint();
  const std::uint64_t packed_size = in.varint();
  const std::string_view bytes = in.raw(packed_size == 0 ? size : packed_size);
  if (!in.ok() || size > most)
    return false;
  if (packed_size == 0) {
    out.assign(bytes);
    return true;
  }
  // The frame says itself how much it holds: no memory is taken for a size it does not confirm.
  if (!context_ || ZSTD_getFrameContentSize(bytes.data(), bytes.size()) != size)
    return false;
  out.resize(size);
  const std::size_t got =
      ZSTD_decompressDCtx(context_.get(), out.data(), out.size(), bytes.data(), bytes.size());
  return ZSTD_isError(got) == 0 && got == size;
}

}  // namespace logstream
