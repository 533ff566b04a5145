// SPDX-License-Identifier: MIT
// Texts that are nearly of a kind: a codec that takes them for one gives back others.
#include "engine/store/text_codec.hpp"
#include "tests/engine/store/support/column_texts.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

// Among many texts of a kind the one that nearly is must come back as one of the others; alone it must not
// get their encoding.
template <class Make>
void check_among(Make&& make, const std::vector<std::string>& nearly, text_encoding encoding) {
  for (const std::string& each : nearly) {
    INFO(each);
    std::vector<std::string> texts;
    for (int i = 10; i < 90; ++i) texts.push_back(make(std::to_string(i)));
    texts.insert(texts.begin() + 40, each);
    CHECK(encoding_of(column_of(texts)) == encoding);
    CHECK(encoding_of(column_of({each, each + each, each})) != encoding);
    round_trip(column_of({texts[0], each}));
    round_trip(column_of({each, texts[0]}));
  }
}

}  // namespace

TEST_CASE("an integer is one only as programs print it") {
  check_among([](const std::string& n) { return "-" + n; },
              {"007", "+1", "-0", "-", "", " 1", "1 ", "1e5", "0x10", "9223372036854775808",
               "-9223372036854775809", "18446744073709551616", "1.", "1.0", "00", "-01", "1\n", "--1"},
              text_encoding::integers);
  for (const std::string each :
       {"9223372036854775807", "-9223372036854775808", "999999999999999999", "0", "-1"})
    CHECK(encoding_of(column_of({each, "12", "345"})) == text_encoding::integers);
}

TEST_CASE("a decimal number comes back with its zeros and its sign") {
  check_among([](const std::string& n) { return n + ".5"; },
              {"-0.0", "-0", "1.", ".5", "00.1", "-.5", "1.2.3", "1e5", "1.5e3", "+0.1", "", "0.1 ", "nan",
               "inf", "1234567890123456789.5", "0.12345678901234567890"},
              text_encoding::decimals);
  for (const auto& each : std::vector<std::vector<std::string>>{
           {"0.10", "0.1", "0"}, {"1.5", "2", "3.25"}, {"0.00", "1.00", "2.50"}, {"-0.5", "0.5", "10"}})
    CHECK(encoding_of(column_of(each)) == text_encoding::decimals);
}

TEST_CASE("an address is one only without zeros before digits and up to 255") {
  check_among([](const std::string& n) { return "192.168.0." + n; },
              {"256.1.1.1", "1.1.1", "1.1.1.1.1", "01.1.1.1", "1.1.1.1.", ".1.1.1.1", "1..1.1", "1.1.1.1 ",
               "1.1.1.1000", "1.1.1.a", "1.1.1.-1"},
              text_encoding::ipv4);
  CHECK(encoding_of(column_of({"255.255.255.255", "0.0.0.0", "1.2.3.4"})) == text_encoding::ipv4);
}

TEST_CASE("an id in hexadecimal is of one case and of one even length") {
  check_among([](const std::string& n) { return n + "23456789abcdef0123456789abcdef"; },
              {"0123456789abcdef0123456789abcde", "0123456789abcdef0123456789abcdefa",
               "0123456789abcdefABCDEF0123456789", "0123456789abcdef0123456789abcdeg"},
              text_encoding::hex);
  CHECK(encoding_of(column_of({"0a", "b1", "ff"})) == text_encoding::hex);
  CHECK(encoding_of(column_of({"0A", "B1", "FF"})) == text_encoding::hex);
  CHECK(encoding_of(column_of({"0A", "b1", "FF"})) == text_encoding::raw);
}

TEST_CASE("a UUID is of one case and has its dashes in their places") {
  check_among([](const std::string& n) { return n + "6c1d2e-1111-2222-3333-0123456789ab"; },
              {"0a6c1d2e-1111-2222-3333-0123456789a", "0a6c1d2e11112222-3333-0123456789abcd",
               "0A6c1d2e-1111-2222-3333-0123456789ab", "{0a6c1d2e-1111-2222-3333-0123456789ab}",
               "0a6c1d2e-1111-2222-3333-0123456789ag"},
              text_encoding::uuid);
  CHECK(encoding_of(column_of({"0A6C1D2E-1111-2222-3333-0123456789AB",
                               "0A6C1D2E-1111-2222-3333-0123456789AC"})) == text_encoding::uuid);
}

TEST_CASE("a time is one only if there was such a moment, in the shape of the others") {
  check_among([](const std::string& n) { return "19" + n + "-12-31T23:59:59.999Z"; },
              {"2023-02-29T00:00:00.000Z", "2024-13-01T00:00:00.000Z", "2024-05-01T24:00:00.000Z",
               "2024-05-01T12:00:60.000Z", "1600-01-01T00:00:00.000Z", "2300-01-01T00:00:00.000Z",
               "2024-05-00T12:00:00.250Z", "2024-5-01T12:00:00.250Z", "2024-05-01T12:00:0a.250Z"},
              text_encoding::rfc3339);
  for (const auto& each : std::vector<std::vector<std::string>>{
           {"2024-02-29T12:00:00Z", "1678-01-01T00:00:00Z", "2261-12-31T23:59:59Z"},
           {"2024-05-01 12:00:00,123", "2024-05-01 12:00:00,456"},
           {"2024-05-01T12:00:00.123456789+02:00", "1969-12-31T23:59:59.999999999+02:00"},
           {"2024-05-01T12:00:00", "2024-05-01T12:00:01"}})
    CHECK(encoding_of(column_of(each)) == text_encoding::rfc3339);
}
