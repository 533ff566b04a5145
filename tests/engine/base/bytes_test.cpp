// SPDX-License-Identifier: MIT
// What is written is read back, and bytes that were not written so are refused.
#include "engine/base/bytes.hpp"

#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

enum class colour : std::uint16_t { red = 0x1234 };

std::string varint_bytes(std::uint64_t value) {
  std::string bytes;
  byte_writer{bytes}.varint(value);
  return bytes;
}

std::string zigzag_bytes(std::int64_t value) {
  std::string bytes;
  byte_writer{bytes}.zigzag(value);
  return bytes;
}

// Of any number of bits.
std::uint64_t random_number(random_source& random) {
  return random.next() >> random.below(64);
}

}  // namespace

TEST_CASE("numbers of fixed size stand low byte first") {
  std::string bytes;
  byte_writer out{bytes};
  out.fixed(std::uint32_t{0x01020304});
  out.fixed(colour::red);
  out.fixed(std::int8_t{-2});
  CHECK(bytes == std::string_view{"\x04\x03\x02\x01\x34\x12\xfe"});
  byte_reader in{bytes};
  CHECK(in.fixed<std::uint32_t>() == 0x01020304);
  CHECK(in.fixed<colour>() == colour::red);
  CHECK(in.fixed<std::int8_t>() == -2);
  CHECK(in.finished());
}

TEST_CASE("a varint has seven bits a byte and ten bytes at most") {
  CHECK(varint_bytes(0) == std::string(1, '\0'));
  CHECK(varint_bytes(127) == "\x7f");
  CHECK(varint_bytes(300) == "\xac\x02");
  CHECK(varint_bytes(std::numeric_limits<std::uint64_t>::max()) == std::string(9, '\xff') + '\x01');
}

TEST_CASE("signed numbers near zero are short") {
  CHECK(zigzag_bytes(-1) == "\x01");
  CHECK(zigzag_bytes(1) == "\x02");
  CHECK(zigzag_bytes(-64).size() == 1);
  CHECK(zigzag_bytes(64).size() == 2);
}

TEST_CASE("numbers and texts are read as they were written") {
  const std::uint64_t seed = seed_or(41);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 200; ++round) {
    std::vector<std::uint64_t> numbers{0, std::numeric_limits<std::uint64_t>::max(), std::uint64_t{1} << 63};
    for (std::uint32_t left = random.below(20); left > 0; --left) numbers.push_back(random_number(random));
    std::string bytes;
    byte_writer out{bytes};
    for (const std::uint64_t each : numbers) {
      out.varint(each);
      out.zigzag(static_cast<std::int64_t>(each));
      out.fixed(each);
      out.text(std::string(each % 300, 'x'));
    }
    REQUIRE(out.size() == bytes.size());
    byte_reader in{bytes};
    for (const std::uint64_t each : numbers) {
      REQUIRE(in.varint() == each);
      REQUIRE(in.zigzag() == static_cast<std::int64_t>(each));
      REQUIRE(in.fixed<std::uint64_t>() == each);
      REQUIRE(in.text() == std::string(each % 300, 'x'));
    }
    REQUIRE(in.finished());
  }
}

TEST_CASE("a varint that never ends, ends too late or holds more than 64 bits is refused") {
  for (const std::string& bytes : {std::string{}, std::string(9, '\x80'), std::string(10, '\x80') + '\x01',
                                   std::string(9, '\xff') + '\x02', std::string(20, '\xff')}) {
    byte_reader in{bytes};
    CHECK(in.varint() == 0);
    CHECK_FALSE(in.ok());
  }
}

TEST_CASE("what does not fit is refused, and nothing is read behind it") {
  byte_reader numbers{"abc"};
  CHECK(numbers.fixed<std::uint32_t>() == 0);
  CHECK_FALSE(numbers.ok());
  CHECK(numbers.fixed<std::uint8_t>() == 0);
  CHECK(numbers.raw(0).empty());
  CHECK_FALSE(numbers.finished());

  byte_reader raw{"abc"};
  CHECK(raw.raw(std::numeric_limits<std::uint64_t>::max()).empty());
  CHECK_FALSE(raw.ok());

  byte_reader text{
      std::string_view{"\x04"
                       "abc"}};
  CHECK(text.text().empty());
  CHECK_FALSE(text.ok());
}

TEST_CASE("a reader is finished only behind the last byte") {
  byte_reader in{"ab"};
  CHECK(in.raw(1) == "a");
  CHECK(in.left() == 1);
  CHECK_FALSE(in.finished());
  CHECK(in.raw(1) == "b");
  CHECK(in.finished());
  in.fail();
  CHECK_FALSE(in.finished());
}

TEST_CASE("a text points into the bytes that are read") {
  const std::string bytes =
      "\x03"
      "abc";
  byte_reader in{bytes};
  CHECK(in.text().data() == bytes.data() + 1);
}
