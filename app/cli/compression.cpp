// SPDX-License-Identifier: MIT
// gzip by zlib, zstd by its own library.
#include "app/cli/compression.hpp"

#include <zlib.h>
#include <zstd.h>

namespace logstream {

namespace {

std::string pack_gzip(std::string_view text) {
  constexpr int fast = 1;
  constexpr int gzip_window = 15 + 16;
  constexpr int memory = 8;
  z_stream stream{};
  deflateInit2(&stream, fast, Z_DEFLATED, gzip_window, memory, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string pack_zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  constexpr int fast = 1;
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), fast));
  return out;
}

}  // namespace

std::string_view content_encoding(compression kind) {
  switch (kind) {
    case compression::none:
      return {};
    case compression::gzip:
      return "gzip";
    case compression::zstd:
      return "zstd";
  }
  return {};
}

std::string pack(std::string_view text, compression kind) {
  switch (kind) {
    case compression::none:
      return std::string{text};
    case compression::gzip:
      return pack_gzip(text);
    case compression::zstd:
      return pack_zstd(text);
  }
  return {};
}

}  // namespace logstream
