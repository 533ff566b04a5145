// SPDX-License-Identifier: MIT
// Levels as agents spell them.
#include "engine/model/level.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <string>
#include <vector>

using namespace logstream;

TEST_CASE("every level is understood as it is printed, in any case") {
  for (const level each : all_levels) {
    std::string name{to_string(each)};
    CHECK(parse_level(name) == each);
    for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
    CHECK(parse_level(name) == each);
    name[0] = static_cast<char>(name[0] - 'a' + 'A');
    CHECK(parse_level(name) == each);
  }
}

TEST_CASE("the usual aliases of levels are understood") {
  const std::map<level, std::vector<std::string>> aliases{
      {level::trace, {"trc", "verbose"}},
      {level::debug, {"dbg", "D", "fine"}},
      {level::info, {"Information", "notice", "I", "informational"}},
      {level::warn, {"warning", "WARNING", "wrn", "W"}},
      {level::error, {"err", "E", "severe"}},
      {level::critical, {"crit", "fatal", "FATAL", "emerg", "emergency", "panic", "alert", "F"}}};
  for (const auto& [expected, names] : aliases)
    for (const std::string& name : names) {
      INFO(name);
      CHECK(parse_level(name) == expected);
    }
}

TEST_CASE("words that are no level are not understood") {
  for (const char* word : {"", " info", "info ", "warnings", "none", "informationally", "-", "1.5", "0x1",
                           "+3", "8", "9", "61", "-1", "99999999999999999999", "inf\xc3\xb6"}) {
    INFO(word);
    CHECK(parse_level(word) == std::nullopt);
  }
}

TEST_CASE("numbers up to 7 are syslog's severities") {
  const std::vector<level> syslog{level::critical, level::critical, level::critical, level::error,
                                  level::warn,     level::info,     level::info,     level::debug};
  for (std::size_t number = 0; number < syslog.size(); ++number) {
    CHECK(parse_level_number(static_cast<std::int64_t>(number)) == syslog[number]);
    CHECK(parse_level(std::to_string(number)) == syslog[number]);
  }
}

TEST_CASE("numbers from 10 to 60 are pino's levels, rounded down to the next ten") {
  const std::map<std::int64_t, level> pino{{10, level::trace}, {19, level::trace}, {20, level::debug},
                                           {30, level::info},  {35, level::info},  {40, level::warn},
                                           {50, level::error}, {59, level::error}, {60, level::critical}};
  for (const auto& [number, expected] : pino) CHECK(parse_level_number(number) == expected);
  for (const std::int64_t number :
       {std::int64_t{-1}, std::int64_t{8}, std::int64_t{9}, std::int64_t{61}, INT64_MIN, INT64_MAX})
    CHECK(parse_level_number(number) == std::nullopt);
}

TEST_CASE("a set of levels holds what was inserted and nothing else") {
  level_set some;
  CHECK(some.empty());
  some.insert(level::warn);
  some.insert(level::unknown);
  CHECK_FALSE(some.empty());
  for (const level each : all_levels)
    CHECK(some.contains(each) == (each == level::warn || each == level::unknown));
}

TEST_CASE("sets of levels intersect where they share one") {
  level_set warn;
  warn.insert(level::warn);
  level_set error;
  error.insert(level::error);
  CHECK_FALSE(warn.intersects(error));
  CHECK_FALSE(warn.intersects({}));
  CHECK(warn.intersects(level_set::all()));
  error.insert(level::warn);
  CHECK(warn.intersects(error));
  for (const level each : all_levels) CHECK(level_set::all().contains(each));
}
