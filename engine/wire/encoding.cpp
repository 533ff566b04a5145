// SPDX-License-Identifier: MIT
// zlib and zstd, a piece at a time, so that a bomb is noticed before it is unpacked.
#include "engine/wire/encoding.hpp"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <memory>

namespace logstream {

namespace {

constexpr std::size_t first_piece = 256 * 1024;

error over(std::size_t limit) {
  return make_error(errc::too_large, "the unpacked body is larger than " + std::to_string(limit) + " bytes");
}

// Makes room behind the `used` bytes of `out`: never for more than one byte beyond the limit.
void grow(std::string& out, std::size_t used, std::size_t limit) {
  const std::size_t wanted = std::max(first_piece, used * 2);
  out.resize(wanted > limit ? limit + 1 : wanted);
}

struct inflater {
  z_stream stream{};
  bool open = false;

  explicit inflater(int window_bits) { open = inflateInit2(&stream, window_bits) == Z_OK; }
  inflater(const inflater&) = delete;
  inflater& operator=(const inflater&) = delete;
  ~inflater() {
    if (open)
      inflateEnd(&stream);
  }
};

result<std::string> unpack_zlib(std::string_view body, int window_bits, std::size_t limit) {
  inflater in{window_bits};
  if (!in.open)
    return make_error(errc::internal, "zlib could not be started");
  std::string out;
  std::size_t used = 0;
  in.stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  in.stream.avail_in = static_cast<uInt>(body.size());
  for (;;) {
    if (used == out.size())
      grow(out, used, limit);
    in.stream.next_out = reinterpret_cast<Bytef*>(out.data() + used);
    in.stream.avail_out = static_cast<uInt>(out.size() - used);
    const int code = inflate(&in.stream, Z_NO_FLUSH);
    used = out.size() - in.stream.avail_out;
    if (used > limit)
      return over(limit);
    if (code == Z_STREAM_END) {
      if (in.stream.avail_in == 0)
        break;
      // Members of a gzip file may follow each other.
      if (inflateReset(&in.stream) != Z_OK)
        return make_error(errc::internal, "zlib could not be restarted");
      continue;
    }
    if (code != Z_OK && code != Z_BUF_ERROR)
      return make_error(errc::invalid, std::string{"the body is not valid gzip or deflate data: "} +
                                           (in.stream.msg != nullptr ? in.stream.msg : "broken stream"));
    if (in.stream.avail_in == 0 && in.stream.avail_out != 0)
      return make_error(errc::invalid, "the compressed body ends too early");
  }
  out.resize(used);
  return out;
}

result<std::string> unpack_zstd(std::string_view body, std::size_t limit) {
  const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(), &ZSTD_freeDCtx};
  // A frame may ask for a window of gigabytes; none needs more than what it may unpack to.
  constexpr int largest_window_log = 27;
  ZSTD_DCtx_setParameter(context.get(), ZSTD_d_windowLogMax, largest_window_log);
  std::string out;
  ZSTD_inBuffer in{body.data(), body.size(), 0};
  std::size_t used = 0;
  for (;;) {
    if (used == out.size())
      grow(out, used, limit);
    ZSTD_outBuffer to{out.data(), out.size(), used};
    const std::size_t code = ZSTD_decompressStream(context.get(), &to, &in);
    if (ZSTD_isError(code))
      return make_error(errc::invalid,
                        std::string{"the body is not valid zstd data: "} + ZSTD_getErrorName(code));
    used = to.pos;
    if (used > limit)
      return over(limit);
    if (in.pos == in.size && code == 0)
      break;
    if (in.pos == in.size && to.pos < to.size)
      return make_error(errc::invalid, "the compressed body ends too early");
  }
  out.resize(used);
  return out;
}

}  // namespace

std::optional<body_encoding> parse_body_encoding(std::string_view header) {
  std::string name;
  for (char c : header)
    if (c != ' ' && c != '\t')
      name += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  if (name.empty() || name == "identity")
    return body_encoding::identity;
  if (name == "gzip" || name == "x-gzip")
    return body_encoding::gzip;
  if (name == "deflate")
    return body_encoding::deflate;
  if (name == "zstd")
    return body_encoding::zstd;
  return std::nullopt;
}

result<std::string> unpack(std::string_view body, body_encoding encoding, std::size_t limit) {
  constexpr int gzip_or_zlib = 15 + 32;
  constexpr int raw_deflate = -15;
  switch (encoding) {
    case body_encoding::identity:
      if (body.size() > limit)
        return over(limit);
      return std::string{body};
    case body_encoding::gzip:
      return unpack_zlib(body, gzip_or_zlib, limit);
    case body_encoding::deflate: {
      // Both readings of "deflate" are in use: with the zlib header, as the RFC says, and without.
      auto unpacked = unpack_zlib(body, gzip_or_zlib, limit);
      if (!unpacked && unpacked.failure().code == errc::invalid)
        return unpack_zlib(body, raw_deflate, limit);
      return unpacked;
    }
    case body_encoding::zstd:
      return unpack_zstd(body, limit);
  }
  return make_error(errc::unsupported, "unknown content encoding");
}

}  // namespace logstream
