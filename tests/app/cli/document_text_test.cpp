// SPDX-License-Identifier: MIT
// Documents as text for people.
#include "app/cli/document_text.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace logstream;
using json = nlohmann::ordered_json;

TEST_CASE("members are lines, lists of objects are tables with numbers at the right", "[document text]") {
  const json document{
      {"state", "clean"},
      {"disk_bytes", 1234567u},
      {"files", json::array({{{"name", "a"}, {"bytes", 5u}}, {{"name", "bcdefg"}, {"bytes", 12000u}}})},
      {"done", json::array({"one", "two"})},
      {"nothing", json::array()}};
  CHECK(document_text(document) ==
        "state       clean\n"
        "disk bytes  1,234,567\n"
        "\n"
        "files\n"
        "  name     bytes\n"
        "  a            5\n"
        "  bcdefg  12,000\n"
        "\n"
        "done\n"
        "  one\n"
        "  two\n");
}

TEST_CASE("no text of a file plays tricks on a terminal", "[document text]") {
  CHECK(document_text(json{{"file", "a\x1b[2Jb"}}).find('\x1b') == std::string::npos);
}
