// SPDX-License-Identifier: MIT
// RFC 3339, epoch numbers and what people type for a moment.
#include "engine/wire/time_text.hpp"

#include "engine/wire/time_text_civil.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <random>

using namespace logstream;

namespace {

constexpr timestamp second = nanoseconds_per_second;
// date -u -d 2024-05-01T12:34:56 +%s
constexpr timestamp may_first = 1714566896 * second;

struct spelled {
  const char* text;
  timestamp time;
};

}  // namespace

TEST_CASE("every usual spelling of a moment is read as the same moment", "[time_text]") {
  const auto [text, time] = GENERATE(values<spelled>({
      {"2024-05-01T12:34:56Z", may_first},
      {"2024-05-01T12:34:56z", may_first},
      {"2024-05-01t12:34:56Z", may_first},
      {"2024-05-01 12:34:56Z", may_first},
      {"2024-05-01 12:34:56", may_first},
      {"2024-05-01T14:34:56+02:00", may_first},
      {"2024-05-01T14:34:56+0200", may_first},
      {"2024-05-01T14:34:56+02", may_first},
      {"2024-05-01T14:34:56 +0200", may_first},
      {"2024-05-01T07:04:56-05:30", may_first},
      {"2024-05-01T12:34:56.5Z", may_first + second / 2},
      {"2024-05-01T12:34:56,250Z", may_first + second / 4},
      {"2024-05-01T12:34:56.000001Z", may_first + 1000},
      {"2024-05-01T12:34:56.123456789Z", may_first + 123456789},
      {"2024-05-01T12:34:56.1234567899999999+00:00", may_first + 123456789},
      {"2024-04-30T23:34:56-13:00", may_first},
      {"1970-01-01T00:00:00Z", 0},
      {"1969-12-31T23:59:59.999999999Z", -1},
      {"2016-12-31T23:59:60Z", 1483228800 * second},  // date -u -d 2017-01-01 +%s
      {"2000-02-29T00:00:00Z", 951782400 * second},
      {"1677-09-21T00:12:43.145224192Z", std::numeric_limits<timestamp>::min()},
      {"2262-04-11T23:47:16.854775807Z", std::numeric_limits<timestamp>::max()},
  }));
  CAPTURE(text);
  CHECK(parse_rfc3339(text) == time);
}

TEST_CASE("what is no moment is refused", "[time_text]") {
  const auto* text = GENERATE(values<const char*>({
      "",
      "2024",
      "2024-05-01",
      "2024-05-01T12:34",
      "2024-05-01T12:34:5",
      "2024-05-01T12:34:56.",
      "2024-05-01T12:34:56.Z",
      "2024-05-01T12:34:56ZZ",
      "2024-05-01T12:34:56 ",
      " 2024-05-01T12:34:56",
      "2024-05-01T12:34:56+",
      "2024-05-01T12:34:56+2",
      "2024-05-01T12:34:56+24:00",
      "2024-05-01T12:34:56+02:60",
      "2024-05-01T12:34:56+02:0",
      "2024-05-01X12:34:56Z",
      "2024-05-01T24:00:00Z",
      "2024-05-01T12:60:00Z",
      "2024-05-01T12:00:61Z",
      "2024-00-01T12:00:00Z",
      "2024-13-01T12:00:00Z",
      "2024-05-00T12:00:00Z",
      "2024-04-31T12:00:00Z",
      "2023-02-29T12:00:00Z",
      "1900-02-29T12:00:00Z",
      "2024/05/01T12:00:00Z",
      "20240501T120000Z",
      "-024-05-01T12:00:00Z",
      "2024-05-01T12-34-56Z",
      "0001-01-01T00:00:00Z",
      "9999-12-31T23:59:59Z",
      "1677-09-21T00:12:43.145224191Z",
      "2262-04-11T23:47:16.854775808Z",
      "2024-05-0aT12:34:56Z",
      "2024-05-01T12:34:56.1x",
  }));
  CAPTURE(text);
  CHECK_FALSE(parse_rfc3339(text).has_value());
}

TEST_CASE("a moment is read from the front of a text and the rest is left", "[time_text]") {
  std::string_view text = "2024-05-01T12:34:56.5+00:00 started";
  CHECK(read_rfc3339(text) == may_first + second / 2);
  CHECK(text == " started");
  std::string_view none = "2024-05-41T12:34:56 started";
  CHECK_FALSE(read_rfc3339(none).has_value());
  CHECK(none == "2024-05-41T12:34:56 started");
}

TEST_CASE("the magnitude of an epoch number tells its unit", "[time_text]") {
  const auto [text, time] = GENERATE(values<spelled>({
      {"0", 0},
      {"1714566896", may_first},
      {"1714566896.5", may_first + second / 2},
      {"1714566896.123456789123", may_first + 123456789},
      {"1714566896123", may_first + 123 * (second / 1000)},
      {"1714566896123.25", may_first + 123250000},
      {"1714566896123456", may_first + 123456000},
      {"1714566896123456.789", may_first + 123456789},
      {"1714566896123456789", may_first + 123456789},
      {"1714566896123456789.9", may_first + 123456789},
      {"-1", -second},
      {"-1.5", -second - second / 2},
      {"1.714566896e9", may_first},
      {"1714566896E0", may_first},
      {"9223372036854775807", std::numeric_limits<timestamp>::max()},
      {"-9223372036854775808", std::numeric_limits<timestamp>::min()},
  }));
  CAPTURE(text);
  CHECK(parse_epoch(text) == time);
}

TEST_CASE("what is no epoch number or does not fit is refused", "[time_text]") {
  const auto* text = GENERATE(values<const char*>({"",
                                                   "-",
                                                   "--1",
                                                   "+1",
                                                   "1.",
                                                   ".5",
                                                   "1.5.5",
                                                   "1e",
                                                   "1e400",
                                                   "1x",
                                                   " 1",
                                                   "1 ",
                                                   "0x10",
                                                   "nan",
                                                   "inf",
                                                   "9223372036854775808",
                                                   "-9223372036854775809",
                                                   "99999999999",
                                                   "18446744073709551616",
                                                   "1,5",
                                                   "1e19"}));
  CAPTURE(text);
  CHECK_FALSE(parse_epoch(text).has_value());
}

TEST_CASE("numbers and their text give the same moment", "[time_text]") {
  CHECK(epoch_from_integer(1714566896123) == parse_epoch("1714566896123"));
  CHECK(epoch_from_integer(-5) == -5 * second);
  CHECK(epoch_from_integer(std::numeric_limits<std::int64_t>::min()) ==
        std::numeric_limits<timestamp>::min());
  CHECK(epoch_from_double(1714566896.25) == may_first + second / 4);
  CHECK(epoch_from_double(-0.5) == -second / 2);
  CHECK_FALSE(epoch_from_double(std::numeric_limits<double>::quiet_NaN()).has_value());
  CHECK_FALSE(epoch_from_double(std::numeric_limits<double>::infinity()).has_value());
  CHECK_FALSE(epoch_from_double(1e10).has_value());
}

TEST_CASE("a query names a moment in any way people write one", "[time_text]") {
  const timestamp now = may_first;
  const auto [text, time] = GENERATE(values<spelled>({
      {"now", may_first},
      {" 15m ", may_first - 900 * second},
      {"1h30m", may_first - 5400 * second},
      {"-7d", may_first - 7 * 86400 * second},
      {"now-1h", may_first - 3600 * second},
      {"2024-05-01T12:34:56Z", may_first},
      {"2024-05-01", may_first - (12 * 3600 + 34 * 60 + 56) * second},
      {"2024-05-01T12:34", may_first - 56 * second},
      {"2024-05-01 14:34+02:00", may_first - 56 * second},
      {"2024-05-01T14:34:56 02:00", may_first},
      {"1714566896", may_first},
      {"1714566896000", may_first},
      {"15", 15 * second},
  }));
  CAPTURE(text);
  CHECK(parse_query_time(text, now) == time);
}

TEST_CASE("a query time that means nothing is refused", "[time_text]") {
  const auto* text =
      GENERATE(values<const char*>({"", " ", "yesterday", "now+1h", "now-", "now--1h", "--15m", "15m ago",
                                    "2024-05-32", "2024-05-01T25:00", "2024-05-01T12:34:5", "9999999w"}));
  CAPTURE(text);
  CHECK_FALSE(parse_query_time(text, may_first).has_value());
}

TEST_CASE("a moment is printed with the fewest exact groups of fraction digits", "[time_text]") {
  CHECK(format_rfc3339(may_first) == "2024-05-01T12:34:56Z");
  CHECK(format_rfc3339(may_first + second / 4) == "2024-05-01T12:34:56.250Z");
  CHECK(format_rfc3339(may_first + 1000) == "2024-05-01T12:34:56.000001Z");
  CHECK(format_rfc3339(may_first + 1) == "2024-05-01T12:34:56.000000001Z");
  CHECK(format_rfc3339(-1) == "1969-12-31T23:59:59.999999999Z");
  CHECK(format_rfc3339(std::numeric_limits<timestamp>::min()) == "1677-09-21T00:12:43.145224192Z");
  CHECK(format_rfc3339(std::numeric_limits<timestamp>::max()) == "2262-04-11T23:47:16.854775807Z");
}

TEST_CASE("what is printed reads back as the same moment", "[time_text][property]") {
  std::mt19937_64 random{20240501};
  for (int i = 0; i < 100'000; ++i) {
    auto time = static_cast<timestamp>(random());
    if (i % 4 == 1)
      time -= time % 1000;
    if (i % 4 == 2)
      time -= time % second;
    const std::string text = format_rfc3339(time);
    if (parse_rfc3339(text) != time)
      FAIL(text << " is not " << time);
  }
}

TEST_CASE("every day of the representable years follows the day before", "[time_text][property]") {
  std::int64_t expected = days_from_civil(1678, 1, 1);
  for (int year = 1678; year < 2262; ++year)
    for (int month = 1; month <= 12; ++month)
      for (int day = 1; day <= days_in_month(year, month); ++day, ++expected) {
        const civil_time back = to_civil(expected * 86400 * second);
        if (days_from_civil(year, month, day) != expected || back.year != year || back.month != month ||
            back.day != day)
          FAIL(year << '-' << month << '-' << day);
      }
  CHECK(expected == days_from_civil(2262, 1, 1));
}

TEST_CASE("no bytes make the readers misbehave", "[time_text][property]") {
  std::mt19937_64 random{7};
  const std::string_view alphabet = "0123456789-:.TZ+ eE,mshdwnu";
  std::size_t read = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string text = i % 2 == 0 ? std::string(random() % 32, '0') : "2024-05-01T12:34:56.123+02:00";
    if (i % 2 == 0)
      for (char& c : text) c = alphabet[random() % alphabet.size()];
    else
      text[random() % text.size()] = static_cast<char>(random());
    read += parse_rfc3339(text).has_value() + parse_epoch(text).has_value() +
            parse_duration(text).has_value() + parse_query_time(text, may_first).has_value();
  }
  CHECK(read > 0);
}
