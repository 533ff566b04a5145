// SPDX-License-Identifier: MIT
// A block that was written once is read for ever.
#include "engine/store/template_codec.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <string_view>

using namespace logstream;

namespace {

// Forty messages of two templates, their words coded in each column.
constexpr std::string_view coded =
    "09002f000500000003000575736572200420617420013a01200661667465722000020003046a6f622004206f66200464"
    "6f6e650088888888881f0003696e20046f757420076f72646572732006757365727320066361727473200000000780a6"
    "0d51f541ba464cc0094a5851112f2c23c08514c0940419d3000002000410426598204376082154860932648700000a06"
    "c0e170a36a349498c2cca4a12f2165a03b28d8670a09040102010200b66ddb3601000002012449920401000918000103"
    "031a0100244902";

// The same, their words as places in the dictionary.
constexpr std::string_view places =
    "09002f000500000003000575736572200420617420013a01200661667465722000020003046a6f622004206f66200464"
    "6f6e650088888888881f0003696e20046f757420076f72646572732006757365727320066361727473200000000780a6"
    "0d51f541ba464cc0094a5851112f2c23c08514c0940419d3000002000410426598204376082154860932648700000a06"
    "c0e170a36a349498c2cca4a12f2165a03b28d8670a09040201b66ddb36010000020124499204010009180002031a356a"
    "14";

std::string bytes_of(std::string_view hex) {
  const auto nibble = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2)
    bytes.push_back(static_cast<char>(nibble(hex[i]) * 16 + nibble(hex[i + 1])));
  return bytes;
}

std::string message(std::uint32_t i) {
  constexpr std::array<std::string_view, 3> tables{"orders", "users", "carts"};
  if (i % 4 == 3)
    return "job " + std::to_string(i * 3) + " of " + std::string{tables[i / 4 % 3]} + " done";
  return "user " + std::to_string(i * 977 % 100) + " at 0" + std::to_string(i % 10) + ":" +
         std::to_string(10 + i * 7 % 50) + (i % 4 == 0 ? " in " : " out ") + "after " + std::to_string(i);
}

text_buffer messages() {
  text_buffer all;
  for (std::uint32_t i = 0; i < 40; ++i) all.push(message(i));
  return all;
}

}  // namespace

TEST_CASE("a block of templates of the first version is read") {
  const text_buffer expected = messages();
  for (const std::string_view each : {coded, places}) {
    text_buffer got;
    REQUIRE(decode_messages(bytes_of(each), 40, expected.bytes.size(), got));
    REQUIRE(got.ends == expected.ends);
    REQUIRE(got.bytes == expected.bytes);
  }
}

TEST_CASE("what is written today is what the first version wrote") {
  std::string encoded;
  encode_messages(messages().view(), encoded);
  REQUIRE(encoded == bytes_of(places));
}
