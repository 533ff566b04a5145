// SPDX-License-Identifier: MIT
// Columns come back to the byte, and take as few bytes as their kind allows.
#include "engine/store/text_codec.hpp"

#include "engine/wire/time_text.hpp"
#include "tests/engine/store/support/column_texts.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <cstdlib>
#include <set>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr std::uint32_t rows = 8000;

double bits_of(const text_buffer& column) {
  return 8.0 * static_cast<double>(round_trip(column).size()) / static_cast<double>(column.ends.size());
}

}  // namespace

TEST_CASE("columns of all kinds come back to the byte") {
  const std::uint64_t seed = seed_or(10);
  INFO(describe_seed(seed));
  random_source random{seed};
  std::set<text_encoding> seen;
  for (int round = 0; round < 3000; ++round) {
    const text_buffer column = random_column(random);
    const std::string encoded = round_trip(column);
    seen.insert(static_cast<text_encoding>(encoded.front()));
    if (const auto distinct = distinct_texts(encoded)) {
      std::set<std::string_view> kept;
      std::set<std::string_view> wanted;
      for (std::uint32_t i = 0; i < distinct->ends.size(); ++i) kept.insert(distinct->view()[i]);
      for (std::uint32_t i = 0; i < column.ends.size(); ++i) wanted.insert(column.view()[i]);
      REQUIRE(kept == wanted);
      REQUIRE(kept.size() == distinct->ends.size());
    }
  }
  CHECK(seen.size() == 9);
}

TEST_CASE("empty texts, zero bytes, one row and huge texts come back") {
  for (const auto& each : std::vector<std::vector<std::string>>{
           {""},
           {"", ""},
           {"", "a"},
           {std::string(1, '\0')},
           {std::string("a\0b", 3), "ab"},
           {std::string(3'000'000, 'x'), ""},
           {std::string(300'000, 'x'), std::string(300'000, 'y'), std::string(300'000, 'x')},
           std::vector<std::string>(5000, "")})
    round_trip(column_of(each));
}

TEST_CASE("ids of digits take their bytes and nothing else") {
  random_source random{11};
  const auto hex = make_column(rows, [&] { return text_of_kind(random, 8); });
  CHECK(encoding_of(hex) == text_encoding::hex);
  CHECK(round_trip(hex).size() <= rows * 16 + 8);
  const auto uuid = make_column(rows, [&] { return text_of_kind(random, 6); });
  CHECK(encoding_of(uuid) == text_encoding::uuid);
  CHECK(round_trip(uuid).size() <= rows * 16 + 8);
  const auto ipv4 = make_column(rows, [&] { return text_of_kind(random, 5); });
  CHECK(encoding_of(ipv4) == text_encoding::ipv4);
  CHECK(bits_of(ipv4) < 32.1);
}

TEST_CASE("numbers take about the bits they vary in") {
  random_source random{12};
  const auto ids = make_column(rows, [&] { return std::to_string(1000 + random.below(200'000)); });
  CHECK(encoding_of(ids) == text_encoding::integers);
  CHECK(bits_of(ids) < 18.1);
  const auto latencies = make_column(rows, [&] {
    // The sum of uniform numbers is about normal, its exponential about what latencies are.
    double sum = 0;
    for (int i = 0; i < 12; ++i) sum += random.below(1000) / 1000.0;
    const auto tenths = static_cast<std::int64_t>(374 * std::exp((sum - 6) / 2));
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
  });
  CHECK(encoding_of(latencies) == text_encoding::decimals);
  CHECK(bits_of(latencies) < 11);
}

TEST_CASE("few distinct texts take the bits to tell them apart") {
  random_source random{13};
  const auto status = make_column(rows, [&] {
    return std::vector<std::string>{"200", "301", "404", "500"}[random.below(4)];
  });
  CHECK(encoding_of(status) == text_encoding::dictionary);
  CHECK(bits_of(status) < 2.1);
  const auto host = make_column(rows, [&] { return "web-" + std::to_string(10 + random.below(50)); });
  CHECK(encoding_of(host) == text_encoding::dictionary);
  CHECK(bits_of(host) < 6.2);
  CHECK(round_trip(column_of(std::vector<std::string>(rows, "GET"))).size() == 4);
}

TEST_CASE("an id that comes in several rows is kept once") {
  random_source random{14};
  std::string id;
  std::uint32_t row = 0;
  const auto traces = make_column(rows, [&] { return row++ % 4 == 0 ? id = text_of_kind(random, 8) : id; });
  CHECK(encoding_of(traces) == text_encoding::dictionary);
  CHECK(bits_of(traces) < 34);
}

TEST_CASE("times of one shape take the bits of their distances") {
  timestamp time = 1'700'000'000'000'000'000;
  random_source random{15};
  const auto times = make_column(rows, [&] {
    time += 1'000'000 * std::int64_t{1 + random.below(20)};
    return format_rfc3339(time / 1'000'000'000 * 1'000'000'000).substr(0, 19) + ',' +
           std::to_string(1000 + time / 1'000'000 % 1000).substr(1) + "+02:00";
  });
  CHECK(encoding_of(times) == text_encoding::rfc3339);
  CHECK(bits_of(times) < 5);
}

TEST_CASE("a few texts that are of another kind leave the others what they are") {
  random_source random{16};
  for (const std::uint32_t kind : {0u, 3u, 5u, 6u, 8u, 11u}) {
    std::uint32_t row = 0;
    const auto mixed = make_column(
        rows, [&] { return row++ % 40 == 7 ? text_of_kind(random, 13) : text_of_kind(random, kind); });
    CHECK(encoding_of(mixed) >= text_encoding::integers);
  }
}

TEST_CASE("what follows many texts of a kind is kept too, where the sample shows one kind only") {
  std::vector<std::string> texts;
  for (std::uint32_t i = 0; i < 600; ++i) texts.push_back(std::to_string(i * 7919));
  // Rows between those the sample looks at.
  for (std::uint32_t i = 0; i < 600; ++i)
    if (i % 4 == 2)
      texts[i] = "x" + texts[i];
  round_trip(column_of(texts));
}

TEST_CASE("the range covers every number of the column, and nothing is said where one is none") {
  const auto summary = [](const std::vector<std::string>& texts) {
    std::string encoded;
    const text_buffer column = column_of(texts);
    return encode_texts(column.view(), encoded);
  };
  const auto integers = summary({"-5", "17", "3", "9", "11"});
  CHECK(integers.least == -5.0);
  CHECK(integers.greatest == 17.0);
  CHECK(summary({"12", "12"}).greatest == 12.0);
  CHECK(summary({"1.50", "2.00", "1.75"}).greatest == 2.0);
  CHECK_FALSE(summary({"1", "2", "x"}).least);
  CHECK_FALSE(summary({"x", "x"}).least);
  CHECK_FALSE(summary({"1e5", "1e5"}).least);
  // No double is 2^53 + 1.
  CHECK(*summary({"9007199254740993", "9007199254740993"}).greatest > 9007199254740992.0);
  CHECK(*summary({"9007199254740993", "1", "2"}).greatest > 9007199254740992.0);

  const std::uint64_t seed = seed_or(18);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int round = 0; round < 1000; ++round) {
    const text_buffer column = random_column(random);
    std::string encoded;
    const text_summary range = encode_texts(column.view(), encoded);
    REQUIRE(range.least.has_value() == range.greatest.has_value());
    for (std::uint32_t i = 0; range.least && i < column.ends.size(); ++i) {
      const std::string text{column.view()[i]};
      char* end = nullptr;
      const double number = std::strtod(text.c_str(), &end);
      REQUIRE(end == text.c_str() + text.size());
      REQUIRE(*range.least <= number);
      REQUIRE(number <= *range.greatest);
    }
  }
}
