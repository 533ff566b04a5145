// SPDX-License-Identifier: MIT
// Percent encoding there and back.
#include "http/percent.hpp"

#include <catch2/catch.hpp>

using namespace logstream::http;

TEST_CASE("percent-encoded bytes are decoded in either case") {
  CHECK(decode_segment("a%2Fb%2fc") == "a/b/c");
  CHECK(decode_segment("%C3%A4") == "\xC3\xA4");
  CHECK(decode_segment("") == "");
}

TEST_CASE("a plus is a space in queries only") {
  CHECK(decode_query("a+b%2Bc") == "a b+c");
  CHECK(decode_segment("a+b") == "a+b");
}

TEST_CASE("a percent sign without two hexadecimal digits is refused") {
  for (const char* text : {"%", "%2", "a%", "%zz", "%2g", "%%41", "% 1"}) {
    CAPTURE(text);
    CHECK_FALSE(decode_segment(text).has_value());
    CHECK_FALSE(decode_query(text).has_value());
  }
}

TEST_CASE("what is encoded decodes to itself") {
  std::string all;
  for (int c = 0; c < 256; ++c) all += static_cast<char>(c);
  CHECK(decode_segment(encode_segment(all)) == all);
  CHECK(encode_segment("A-z_0.~") == "A-z_0.~");
  CHECK(encode_segment("a b/c") == "a%20b%2Fc");
}
