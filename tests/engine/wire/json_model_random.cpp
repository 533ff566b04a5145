// SPDX-License-Identifier: MIT
// Drawing JSON texts, and damaging them.
#include "tests/engine/support/seed.hpp"
#include "tests/engine/wire/json_model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

namespace {

using texts = std::vector<std::string_view>;

const texts standard_names{"timestamp", "@timestamp", "time",          "ts",           "level",
                           "severity",  "message",    "msg",           "service",      "metadata",
                           "metadata",  "level",      "m\\u0065ssage", "serv\\u0069ce"};
const texts times{"\"2024-05-01T12:00:00Z\"",
                  "\"1970-01-01T00:00:00.000000001Z\"",
                  "\"1969-12-31 23:59:59,5+02:00\"",
                  "1714564800",
                  "1714564800.125",
                  "1714564800000",
                  "\"1714564800000000\"",
                  "1714564800000000001",
                  "-1",
                  "\"2024-05-01T12:00:00\\u005a\"",
                  "null"};
const texts bad_times{"\"yesterday\"", "\"\"", "true", "[1]", "{\"seconds\":1}", "99999999999999999999"};
const texts levels{"\"info\"",       "\"ERROR\"", "\"Warning\"", "\"fatal\"", "\"\"", "\"sp\\u0061m\"",
                   "\"inf\\u006f\"", "30",        "3",           "99",        "1.5",  "null"};
const texts bad_levels{"true", "[\"info\"]", "{}", "false"};
const texts services{"\"api\"", "\"w\\u0065b\"", "\"\"", "17", "null", "\"\\u00fcber\""};
const texts bad_services{"true", "[1]", "{\"name\":\"x\"}"};
const texts scalars{"0", "-0", "1.0", "1e5", "-2.5E-3", "12345678901234567890123", "true", "false", "null"};
const texts pieces{"a",        "b",
                   " ",        "\\n",
                   "\\\"",     "\\\\",
                   "\\/",      "\\u0000",
                   "\\u00e9",  "\\ud83d\\ude00",
                   "\xc3\xa9", "\xf0\x9f\x98\x80",
                   "{",        "}",
                   "[",        "]",
                   ":",        ",",
                   "\\t",      "word word word ",
                   "\x7f"};

class object_writer {
 public:
  object_writer(random_source& random, const json_variety& how) : random_(random), how_(how) {}

  std::string object(int depth) {
    std::string made = "{" + space();
    for (std::uint32_t left = random_.below(how_.most_members + 1); left > 0; --left) {
      made +=
          depth == 0 && one_in(random_, 2) ? standard_member() : '"' + name() + '"' + colon() + value(depth);
      made += space();
      if (left > 1)
        made += "," + space();
    }
    return made + "}";
  }

 private:
  std::string standard_member() {
    const std::string_view name = pick(random_, standard_names);
    std::string made = '"' + std::string{name} + '"' + colon();
    const bool bad = one_in(random_, 25);
    if (name == "level" || name == "severity")
      return made + std::string{pick(random_, bad ? bad_levels : levels)};
    if (name.starts_with("serv"))
      return made + std::string{pick(random_, bad ? bad_services : services)};
    if (name.starts_with("m"))
      return made + value(0);
    return made + std::string{pick(random_, bad ? bad_times : times)};
  }

  std::string value(int depth) {
    // The deepest levels go beyond what is flattened.
    const bool deeper = depth < 3 || (depth < 20 && !one_in(random_, 8));
    switch (random_.below(deeper ? 8 : 5)) {
      case 0:
      case 1:
        return std::string{pick(random_, scalars)};
      case 2:
      case 3:
      case 4:
        return '"' + string() + '"';
      case 5:
        return array(depth + 1);
      default:
        return object(depth < 3 ? depth + 1 : 20);
    }
  }

  std::string array(int depth) {
    std::string made = "[" + space();
    for (std::uint32_t left = random_.below(4); left > 0; --left)
      made += value(depth + 1) + space() + (left > 1 ? "," + space() : "");
    return made + "]";
  }

  std::string string() {
    std::string made;
    for (std::uint32_t left = one_in(random_, 20) ? 60 : random_.below(5); left > 0; --left)
      made += pick(random_, pieces);
    return made;
  }

  std::string name() {
    if (one_in(random_, 10))
      return string();
    if (one_in(random_, 10))
      return "a.b";
    if (one_in(random_, 20))
      return "_truncated";
    return (one_in(random_, 4) ? "n\\u0061me" : "name") + std::to_string(random_.below(how_.names));
  }

  std::string colon() { return space() + ":" + space(); }

  std::string space() {
    if (!one_in(random_, 6))
      return {};
    if (how_.several_lines && one_in(random_, 2))
      return one_in(random_, 2) ? "\r\n  " : "\n";
    return one_in(random_, 2) ? " " : "\t ";
  }

  random_source& random_;
  const json_variety& how_;
};

}  // namespace

std::string random_object(random_source& random, const json_variety& how) {
  return object_writer{random, how}.object(0);
}

std::string damaged(random_source& random, std::string text) {
  constexpr std::string_view bytes = "{}[]\",:\\ \t0123456789eE+-.truefalsn\x01\x7f\x80\xc3\xff\0ud";
  for (std::uint32_t left = 1 + random.below(3); left > 0 && !text.empty(); --left) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(text.size()));
    switch (random.below(5)) {
      case 0:
        text.erase(at, 1 + random.below(3));
        break;
      case 1:
        text[at] = pick(random, bytes);
        break;
      case 2:
        text.insert(at, 1, text[random.below(static_cast<std::uint32_t>(text.size()))]);
        break;
      case 3:
        if (one_in(random, 4))
          text.resize(at);
        break;
      default:
        text.insert(at, 1, pick(random, bytes));
    }
  }
  return text;
}

}  // namespace logstream::test
