// SPDX-License-Identifier: MIT
// Content encodings: good bodies, broken ones, and those that would unpack to more than is allowed.
#include "engine/wire/encoding.hpp"

#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>
#include <zlib.h>
#include <zstd.h>

#include <array>
#include <string>
#include <string_view>
#include <utility>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr std::size_t limit = 1024 * 1024;
constexpr int gzip_bits = 15 + 16;
constexpr int zlib_bits = 15;
constexpr int raw_bits = -15;

std::string deflated(std::string_view text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) ==
          Z_OK);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(out.size() - stream.avail_out);
  deflateEnd(&stream);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

struct packer {
  body_encoding encoding;
  std::string (*pack)(std::string_view);
  bool has_checksum;
};

constexpr std::array<packer, 4> packers{
    packer{body_encoding::gzip, [](std::string_view text) { return deflated(text, gzip_bits); }, true},
    packer{body_encoding::deflate, [](std::string_view text) { return deflated(text, zlib_bits); }, true},
    packer{body_encoding::deflate, [](std::string_view text) { return deflated(text, raw_bits); }, false},
    packer{body_encoding::zstd, [](std::string_view text) { return zstd(text); }, false}};

std::string some_text(std::size_t size) {
  random_source random{1};
  std::string text;
  while (text.size() < size) text += random_text(random, 100) + std::to_string(random.next());
  text.resize(size);
  return text;
}

}  // namespace

TEST_CASE("a body is unpacked to what was packed, empty, small and large") {
  for (const packer& each : packers)
    for (const std::size_t size : {0u, 1u, 1000u, 256u * 1024, 256u * 1024 + 1, 700'000u, 1024u * 1024}) {
      INFO("encoding " << static_cast<int>(each.encoding) << " size " << size);
      const std::string text = some_text(size);
      const auto unpacked = unpack(each.pack(text), each.encoding, limit);
      REQUIRE(unpacked.ok());
      CHECK(*unpacked == text);
    }
}

TEST_CASE("a body of one byte more than the limit is too large, in every encoding") {
  for (const std::size_t most : {std::size_t{0}, std::size_t{10}, std::size_t{256 * 1024}, limit}) {
    const std::string text = some_text(most + 1);
    for (const packer& each : packers) {
      const auto unpacked = unpack(each.pack(text), each.encoding, most);
      REQUIRE_FALSE(unpacked.ok());
      CHECK(unpacked.failure().code == errc::too_large);
      CHECK(unpack(each.pack(text.substr(1)), each.encoding, most).ok());
    }
    CHECK(unpack(text, body_encoding::identity, most).failure().code == errc::too_large);
    CHECK(*unpack(text.substr(1), body_encoding::identity, most) == text.substr(1));
  }
}

TEST_CASE("a bomb is noticed before much more than the limit is unpacked") {
  const std::string zeros(200 * 1024 * 1024, '\0');
  for (const packer& each : packers) {
    const std::string bomb = each.pack(zeros);
    REQUIRE(bomb.size() < zeros.size() / 500);
    const auto unpacked = unpack(bomb, each.encoding, 1000);
    REQUIRE_FALSE(unpacked.ok());
    CHECK(unpacked.failure().code == errc::too_large);
  }
}

TEST_CASE("a limit beyond all memory is no limit") {
  const std::string text = some_text(600'000);
  for (const packer& each : packers)
    CHECK(*unpack(each.pack(text), each.encoding, std::string::npos) == text);
}

TEST_CASE("a body cut anywhere is invalid") {
  const std::string text = some_text(300);
  for (const packer& each : packers) {
    const std::string packed = each.pack(text);
    for (std::size_t size = 0; size < packed.size(); ++size) {
      const auto unpacked = unpack(std::string_view{packed}.substr(0, size), each.encoding, limit);
      REQUIRE_FALSE(unpacked.ok());
      REQUIRE(unpacked.failure().code == errc::invalid);
    }
  }
}

TEST_CASE("a damaged body that has a checksum is never taken for another text") {
  const std::uint64_t seed = seed_or(22);
  INFO(describe_seed(seed));
  random_source random{seed};
  const std::string text = some_text(2000);
  for (const packer& each : packers) {
    const std::string packed = each.pack(text);
    for (int i = 0; i < 2000; ++i) {
      std::string damaged = packed;
      const std::size_t at = random.below(static_cast<std::uint32_t>(packed.size()));
      damaged[at] = static_cast<char>(damaged[at] ^ (1 + random.below(255)));
      const auto unpacked = unpack(damaged, each.encoding, limit);
      // Behind the two bytes that tell the format; some bits change nothing.
      if (unpacked.ok() && each.has_checksum && at >= 2)
        REQUIRE(*unpacked == text);
    }
  }
}

TEST_CASE("any bytes are an error or text within the limit") {
  const std::uint64_t seed = seed_or(23);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 5000; ++i) {
    std::string bytes = one_in(random, 2) ? "" : pick(random, packers).pack("x").substr(0, random.below(12));
    for (std::uint32_t left = random.below(60); left > 0; --left)
      bytes += static_cast<char>(random.below(256));
    for (const packer& each : packers) {
      const auto unpacked = unpack(bytes, each.encoding, 5000);
      REQUIRE((!unpacked.ok() || unpacked->size() <= 5000));
    }
  }
}

TEST_CASE("members of gzip and frames of zstd that follow each other are one body") {
  const auto gzip = [](std::string_view text) { return deflated(text, gzip_bits); };
  CHECK(*unpack(gzip("one ") + gzip("") + gzip("two"), body_encoding::gzip, limit) == "one two");
  CHECK(*unpack(zstd("one ") + zstd("") + zstd("two"), body_encoding::zstd, limit) == "one two");
  const std::string half = some_text(600);
  CHECK(unpack(gzip(half) + gzip(half), body_encoding::gzip, 1000).failure().code == errc::too_large);
  CHECK(unpack(zstd(half) + zstd(half), body_encoding::zstd, 1000).failure().code == errc::too_large);
}

TEST_CASE("text behind a packed body is invalid") {
  for (const packer& each : packers) {
    const auto unpacked = unpack(each.pack("body") + "\xffrest", each.encoding, limit);
    REQUIRE_FALSE(unpacked.ok());
    CHECK(unpacked.failure().code == errc::invalid);
  }
}

TEST_CASE("an encoding is known by its name, in any case and with white space") {
  CHECK(parse_body_encoding("") == body_encoding::identity);
  CHECK(parse_body_encoding("identity") == body_encoding::identity);
  CHECK(parse_body_encoding(" GZip\t") == body_encoding::gzip);
  CHECK(parse_body_encoding("x-gzip") == body_encoding::gzip);
  CHECK(parse_body_encoding("deflate") == body_encoding::deflate);
  CHECK(parse_body_encoding("zstd") == body_encoding::zstd);
  CHECK(parse_body_encoding("br") == std::nullopt);
  CHECK(parse_body_encoding("gzip, gzip") == std::nullopt);
  CHECK(parse_body_encoding("gzipped") == std::nullopt);
}
