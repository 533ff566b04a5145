// SPDX-License-Identifier: MIT
// Bytes that are no column, or one that is larger than it may be.
#include "engine/base/bytes.hpp"
#include "engine/store/text_codec.hpp"
#include "tests/engine/store/support/column_texts.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

bool is_read(std::string_view bytes, std::uint32_t count, std::size_t most_bytes = 1'000'000) {
  text_buffer out;
  const auto done = decode_texts(bytes, count, most_bytes, out);
  if (!done) {
    REQUIRE(done.failure().code == errc::invalid);
    return false;
  }
  REQUIRE(out.ends.size() == count);
  REQUIRE(out.bytes.size() <= most_bytes);
  return true;
}

}  // namespace

TEST_CASE("a column is read if it has as many bytes as may come, not if it has one more") {
  random_source random{20};
  for (int round = 0; round < 500; ++round) {
    const text_buffer column = random_column(random);
    std::string encoded;
    encode_texts(column.view(), encoded);
    const auto count = static_cast<std::uint32_t>(column.ends.size());
    REQUIRE(is_read(encoded, count, column.bytes.size()));
    if (!column.bytes.empty())
      REQUIRE_FALSE(is_read(encoded, count, column.bytes.size() - 1));
  }
}

TEST_CASE("a column that is cut is not read, unless it is constant") {
  random_source random{21};
  for (int round = 0; round < 500; ++round) {
    const text_buffer column = random_column(random);
    std::string encoded;
    if (encode_texts(column.view(), encoded).encoding == text_encoding::constant)
      continue;
    encoded.resize(random.below(static_cast<std::uint32_t>(encoded.size())));
    REQUIRE_FALSE(is_read(encoded, static_cast<std::uint32_t>(column.ends.size())));
  }
}

TEST_CASE("a column that is damaged somewhere does no harm") {
  const std::uint64_t seed = seed_or(22);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 10'000; ++round) {
    const text_buffer column = random_column(random);
    std::string encoded;
    encode_texts(column.view(), encoded);
    const std::uint32_t head = one_in(random, 2) ? 40 : 4000;
    for (std::uint32_t left = 1 + random.below(4); left > 0; --left)
      encoded[random.below(std::min(head, static_cast<std::uint32_t>(encoded.size())))] =
          static_cast<char>(random.next());
    const auto count = static_cast<std::uint32_t>(column.ends.size());
    is_read(encoded, one_in(random, 4) ? random.below(100) : count);
    if (const auto distinct = distinct_texts(encoded))
      REQUIRE_FALSE(distinct->ends.empty());
  }
}

TEST_CASE("no bytes and an unknown encoding are no column") {
  CHECK_FALSE(is_read("", 1));
  CHECK_FALSE(is_read("\x0a", 1));
  CHECK_FALSE(is_read("\xff", 1));
  CHECK_FALSE(distinct_texts(""));
}

TEST_CASE("a dictionary of dictionaries is none") {
  std::string bytes;
  byte_writer to{bytes};
  to.fixed(text_encoding::dictionary);
  to.varint(1);
  for (const auto inner : {text_encoding::dictionary, text_encoding::constant, text_encoding::templates}) {
    std::string nested = bytes;
    byte_writer{nested}.text(std::string{static_cast<char>(inner), 'x'});
    CHECK_FALSE(distinct_texts(nested));
    CHECK_FALSE(is_read(nested, 1));
  }
}

TEST_CASE("distinct texts are kept by constants and dictionaries only") {
  std::string bytes;
  const text_buffer ids = column_of({"17", "4", "99", "1"});
  encode_texts(ids.view(), bytes);
  CHECK_FALSE(distinct_texts(bytes));
}
