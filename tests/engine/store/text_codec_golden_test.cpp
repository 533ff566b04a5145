// SPDX-License-Identifier: MIT
// Columns that were once written can be read for ever: bytes of each encoding, as docs/formats/column.md has
// them.
#include "tests/engine/store/support/column_texts.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <string_view>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string from_hex(std::string_view digits) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(std::string{digits.substr(i, 2)}, nullptr, 16));
  return bytes;
}

void check(std::string_view digits, const std::vector<std::string>& texts) {
  const text_buffer wanted = column_of(texts);
  text_buffer read;
  REQUIRE(decode_texts(from_hex(digits), wanted.view().size(), wanted.bytes.size(), read));
  CHECK(read.bytes == wanted.bytes);
  CHECK(read.ends == wanted.ends);
}

template <class Make>
std::vector<std::string> make(int count, Make&& text) {
  std::vector<std::string> texts;
  for (int i = 0; i < count; ++i) texts.push_back(text(i));
  return texts;
}

}  // namespace

TEST_CASE("a raw column is read from its bytes") {
  check("00060600000301000500612062ff2063", {"a b", "", "\xff c"});
}

TEST_CASE("a compressed raw column is read from its bytes") {
  check(
      "00f10719051a01000102000100045855155655855555855555615555240128b52ffd60f102ad0700d2cf2113c025c301"
      "1b00ecb5fcff9532c924534aadfa6623bf6851474a629ff38997e9f350c5e536885bb0c69de20e55e873bcccf988e723"
      "42545634a2140acfb30b8bd851484fe2b96f4f493f19b545e6eb73c43a8e42c539956624464c7344e2533a712828c531"
      "5cb153d46ae74eb7d38a2df3c5e59acf7abfa49257ab87503004000c038200c140083b2090e3140e2b8ec1da815b3271"
      "908338c8410ef2200771100fc2d2315a077990831cc4410ee2201d84f52086d304473e48cb410e72100739c8831ce420"
      "0ee241583b46eb200e72100739c8411ee4200ee241588ec1698e3834a7739ad31c7168e33421a707390238f405",
      make(60, [](int i) { return "/api/orders/" + std::to_string(i * 7919 % 90000); }));
}

TEST_CASE("a constant column is read from its bytes") {
  check("01474554", {"GET", "GET", "GET"});
}

TEST_CASE("a dictionary is read from its bytes") {
  check("02021300090600080101000200696e666f6572726f720000010100b60d",
        make(12, [](int i) { return std::string{i % 3 == 0 ? "info" : "error"}; }));
}

TEST_CASE("integers, and a text among them, are read from their bytes") {
  check("030105000e0100000901050002010000002d060025000215040001051cdddd0dd0dddddddddddddddddddddddddddd0d",
        make(40, [](int i) { return i == 7 ? "-" : std::to_string(i * i * 37); }));
}

TEST_CASE("integers that ascend are read from their bytes") {
  check("030005000100020000120f050f050f050f050f050f050f050f050f050f050f050f050f050f050f050f050f050f05",
        make(300, [](int i) { return std::to_string(i + 5 * (i / 16)); }));
}

TEST_CASE("decimals of the three kinds are read from their bytes") {
  check("04000100010047000002",
        make(10, [](int i) { return std::to_string(i * 7) + '.' + std::to_string(i); }));
  check("04000201008905050700df346008", {"1.5", "2", "-3.25", "0.1"});
  check("0400020206000001020062008905190500b38206", {"1.50", "2", "-3.25", "0.0"});
}

TEST_CASE("addresses are read from their bytes") {
  check("050000808080a001b20203008846",
        make(5, [](int i) { return "10.0." + std::to_string(i) + '.' + std::to_string(i * 50); }));
}

TEST_CASE("UUIDs are read from their bytes") {
  check("0600000a6c1d2e1111422283330123456789a00a6c1d2e1111422283330123456789a1",
        {"0a6c1d2e-1111-4222-8333-0123456789a0", "0a6c1d2e-1111-4222-8333-0123456789a1"});
}

TEST_CASE("hexadecimal ids are read from their bytes") {
  check("07000501deadbeef00deadbeef64deadbeefc8", {"DEADBEEF00", "DEADBEEF64", "DEADBEEFC8"});
}

TEST_CASE("times are read from their bytes") {
  check("0800542e03015a0080d8e2cbbe63ef07020024",
        {"2024-02-29T12:00:00.000Z", "2024-02-29T12:00:01.007Z", "2024-02-29T12:00:02.014Z"});
}
