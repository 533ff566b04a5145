// SPDX-License-Identifier: MIT
// Durations read and printed.
#include "engine/wire/time_text.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>

using namespace logstream;

namespace {

constexpr std::int64_t second = nanoseconds_per_second;

struct spelled {
  const char* text;
  std::int64_t nanoseconds;
};

}  // namespace

TEST_CASE("durations are sums of numbers with units", "[duration]") {
  const auto [text, nanoseconds] = GENERATE(values<spelled>({
      {"0", 0},
      {"0s", 0},
      {"1ns", 1},
      {"2us", 2000},
      {"3\xC2\xB5s", 3000},
      {"4ms", 4'000'000},
      {"5s", 5 * second},
      {"6m", 360 * second},
      {"7h", 25200 * second},
      {"2d", 172800 * second},
      {"1w", 604800 * second},
      {"1h30m", 5400 * second},
      {"1.5s", second + second / 2},
      {"0.000000001s", 1},
      {"0.25h", 900 * second},
      {"-15m", -900 * second},
      {"+15m", 900 * second},
      {"1d2h3m4.5s", (86400 + 7200 + 180) * second + 4500 * (second / 1000)},
      {"9223372036854775807ns", std::numeric_limits<std::int64_t>::max()},
      {"-9223372036854775808ns", std::numeric_limits<std::int64_t>::min()},
  }));
  CAPTURE(text);
  CHECK(parse_duration(text) == nanoseconds);
}

TEST_CASE("what is no duration or does not fit is refused", "[duration]") {
  const auto* text = GENERATE(values<const char*>(
      {"", "-", "5", "s", "1.s", ".5s", "1.5.5s", "1 s", "1s ", "1x", "1S", "1h30", "--1s", "1h-30m",
       "9223372036854775808ns", "300000h1s30000000000h", "99999999999999999999s", "20000w", "1mo"}));
  CAPTURE(text);
  CHECK_FALSE(parse_duration(text).has_value());
}

TEST_CASE("durations are printed short", "[duration]") {
  CHECK(format_duration(0) == "0s");
  CHECK(format_duration(250'000'000) == "250ms");
  CHECK(format_duration(1'500'000'000) == "1.5s");
  CHECK(format_duration(90 * second) == "1m30s");
  CHECK(format_duration(3600 * second) == "1h");
  CHECK(format_duration(7 * 86400 * second) == "7d");
  CHECK(format_duration(-90 * second) == "-1m30s");
  CHECK(format_duration(60 * second + 1) == "1m1ns");
  CHECK(format_duration(1'050) == "1.05us");
}

TEST_CASE("a printed duration reads back as the same number", "[duration][property]") {
  std::mt19937_64 random{42};
  for (int i = 0; i < 100'000; ++i) {
    const auto value = static_cast<std::int64_t>(random()) >> (random() % 63);
    const std::string text = format_duration(value);
    if (parse_duration(text) != value)
      FAIL(text << " is not " << value);
  }
  CHECK(parse_duration(format_duration(std::numeric_limits<std::int64_t>::min())) ==
        std::numeric_limits<std::int64_t>::min());
}
