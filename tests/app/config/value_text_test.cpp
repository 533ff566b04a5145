// SPDX-License-Identifier: MIT
// Values of each kind, read and refused.
#include "app/config/value_text.hpp"

#include "app/config/size_text.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

namespace {

/// What set_value says about `text`, empty when it is taken.
std::string refusal(const char* setting, std::string_view text) {
  settings values;
  const auto done = set_value(values, *find_setting(setting), text);
  return done ? "" : done.failure().message;
}

}  // namespace

TEST_CASE("sizes are read with binary and decimal units", "[settings]") {
  CHECK(parse_bytes("0") == 0);
  CHECK(parse_bytes("512") == 512);
  CHECK(parse_bytes("512B") == 512);
  CHECK(parse_bytes("8KiB") == 8192);
  CHECK(parse_bytes("64 MiB") == 64 << 20);
  CHECK(parse_bytes("1.5GiB") == 3ull << 29);
  CHECK(parse_bytes("2TiB") == 2ull << 40);
  CHECK(parse_bytes("5kB") == 5'000);
  CHECK(parse_bytes("10MB") == 10'000'000);
  CHECK(parse_bytes("18446744073709551615") == 18446744073709551615u);
}

TEST_CASE("what is no size or does not fit is refused", "[settings]") {
  for (const char* text : {"", "-1", "MiB", "1M", "1mib", "1 MiB x", "nan", "inf", "1e3",
                           "18446744073709551616", "99999999999TiB", "0x10"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_bytes(text).has_value());
  }
}

TEST_CASE("sizes are printed in the largest unit that is exact", "[settings]") {
  CHECK(format_bytes(0) == "0B");
  CHECK(format_bytes(1023) == "1023B");
  CHECK(format_bytes(1024) == "1KiB");
  CHECK(format_bytes(3ull << 29) == "1536MiB");
  CHECK(format_bytes(1ull << 40) == "1TiB");
}

TEST_CASE("each kind of setting takes its spellings", "[settings]") {
  settings values;
  REQUIRE(set_value(values, *find_setting("stats.print"), "off").ok());
  CHECK_FALSE(values.stats.print);
  REQUIRE(set_value(values, *find_setting("http.port"), " 9000 ").ok());
  CHECK(values.http.port == 9000);
  REQUIRE(set_value(values, *find_setting("limits.line_bytes"), "1MiB").ok());
  CHECK(values.limits.line_bytes == 1 << 20);
  REQUIRE(set_value(values, *find_setting("query.deadline"), "1m30s").ok());
  CHECK(values.query.deadline == std::chrono::seconds{90});
  REQUIRE(set_value(values, *find_setting("log.format"), "json").ok());
  CHECK(values.log.format == log_format::json);
  REQUIRE(set_value(values, *find_setting("http.cors_origins"), "https://a.example, https://b.example").ok());
  CHECK(values.http.cors_origins == std::vector<std::string>{"https://a.example", "https://b.example"});
}

TEST_CASE("a refusal says what was expected and what came", "[settings]") {
  CHECK(refusal("http.port", "abc") == "expects a whole number, not \"abc\"");
  CHECK(refusal("http.port", "-1") == "expects a whole number, not \"-1\"");
  CHECK(refusal("http.port", "80.5") == "expects a whole number, not \"80.5\"");
  CHECK(refusal("http.port", "65536") == "must be 0 to 65535, not 65536");
  CHECK(refusal("stats.interval", "10") == "expects a duration with its unit, such as 10s, not \"10\"");
  CHECK(refusal("stats.interval", "-10s") == "expects a duration with its unit, such as 10s, not \"-10s\"");
  CHECK(refusal("stats.interval", "1ms") == "must be 100ms to 1d, not 1ms");
  CHECK(refusal("limits.line_bytes", "1M") == "expects a size such as 64MiB, not \"1M\"");
  CHECK(refusal("limits.line_bytes", "1B") == "must be 256B to 64MiB, not 1B");
  CHECK(refusal("stats.print", "maybe") == "expects true or false, not \"maybe\"");
  CHECK(refusal("log.level", "loud") == "expects trace, debug, info, warn, error or off, not \"loud\"");
  CHECK(refusal("storage.path", "") == "must not be empty");
}

TEST_CASE("a refused value leaves what was there", "[settings]") {
  settings values;
  REQUIRE_FALSE(set_value(values, *find_setting("http.port"), "70000").ok());
  CHECK(values.http.port == 8080);
}
