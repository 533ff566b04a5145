// SPDX-License-Identifier: MIT
// The documents that are made from the table.
#include "app/config/settings_document.hpp"

#include "app/config/declarations.hpp"
#include "app/config/value_text.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>

using namespace logstream;

namespace {

std::string content(const char* path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

void check_defaults(const configuration& loaded) {
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    CHECK(value_text(loaded.values, setting) == default_text(setting));
  }
}

}  // namespace

TEST_CASE("the documents in the repository are those the program makes", "[documents]") {
  INFO("scripts/generated renews them");
  CHECK(content("docs/settings.md") == settings_manual());
  CHECK(content("deploy/logstream.yaml") == example_configuration());
}

TEST_CASE("the manual names every setting with its default", "[documents]") {
  const std::string manual = settings_manual();
  for (const auto& setting : setting_declarations()) {
    CAPTURE(setting.name);
    CHECK(manual.find("`" + std::string{setting.name} + "`") != std::string::npos);
  }
}

TEST_CASE("the example file as it is changes nothing", "[documents]") {
  const auto loaded = parse_configuration({}, {}, "example", example_configuration());
  REQUIRE(loaded.ok());
  CHECK(loaded->origins.empty());
  CHECK(loaded->rules.size() == 2);
  check_defaults(*loaded);
}

TEST_CASE("the example file with every setting uncommented sets each to its default", "[documents]") {
  const std::string all = replaced(replaced(example_configuration(), "\n  # ", "\n  ## "), "\n  #", "\n  ");
  const auto loaded = parse_configuration({}, {}, "example", all);
  INFO((loaded ? "" : loaded.failure().message));
  REQUIRE(loaded.ok());
  CHECK(loaded->origins.size() == setting_declarations().size());
  check_defaults(*loaded);
}

TEST_CASE("the example webhook is one that is taken", "[documents]") {
  const std::string all =
      replaced(replaced(example_configuration(), "\n#webhooks", "\nwebhooks"), "\n#  ", "\n  ");
  const auto loaded = parse_configuration({}, {}, "example", all);
  INFO((loaded ? "" : loaded.failure().message));
  REQUIRE(loaded.ok());
  CHECK(loaded->webhooks.size() == 1);
}

TEST_CASE("the effective configuration reads back as itself, and keeps secrets to itself", "[documents]") {
  const auto loaded = parse_configuration(
      {{"http.cors_origins", "*,https://a.example"}, {"storage.path", "a: b"}}, {}, "c.yaml",
      "http: {port: 9}\nrules:\n  - {name: A, keyword: x, threshold: 2}\n"
      "webhooks:\n  - {id: w, url: http://x/, secret: hidden}\n");
  REQUIRE(loaded.ok());
  const std::string text = effective_configuration(*loaded);
  CHECK(text.find("port: 9  # c.yaml:1:14\n") != std::string::npos);
  CHECK(text.find("threads: 1  # default\n") != std::string::npos);
  CHECK(text.find("hidden") == std::string::npos);
  const auto again = parse_configuration({}, {}, "again", text.substr(0, text.find("\nwebhooks:")));
  INFO((again ? "" : again.failure().message));
  REQUIRE(again.ok());
  CHECK(again->values.http.cors_origins == loaded->values.http.cors_origins);
  CHECK(again->values.storage.path == "a: b");
  CHECK(again->values.http.port == 9);
  REQUIRE(again->rules.size() == 1);
  CHECK(again->rules[0].value["keyword"] == "x");
}
