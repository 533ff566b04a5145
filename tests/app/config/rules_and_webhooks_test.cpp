// SPDX-License-Identifier: MIT
// Rules and webhooks of a file.
#include "app/config/configuration.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

namespace {

std::string problems(std::string_view text) {
  const auto loaded = parse_configuration({}, {}, "c.yaml", text);
  return loaded ? "" : loaded.failure().message;
}

}  // namespace

TEST_CASE("rules keep their types and lines on the way to JSON", "[configuration]") {
  const auto loaded = parse_configuration({}, {}, "c.yaml", R"(rules:
  - name: Slow
    level: [WARN, ERROR]
    service: api
    regex: "took [0-9]{5} ms"
    fields: {region: eu, "code": "500"}
    threshold: 5
    window: 1m
    enabled: false
  # the next one
  - {name: "7", threshold: 1}
)");
  REQUIRE(loaded.ok());
  REQUIRE(loaded->rules.size() == 2);
  const nlohmann::json& slow = loaded->rules[0].value;
  CHECK(loaded->rules[0].line == 2);
  CHECK(loaded->rules[1].line == 11);
  CHECK(slow["level"] == nlohmann::json({"WARN", "ERROR"}));
  CHECK(slow["regex"] == "took [0-9]{5} ms");
  CHECK(slow["fields"]["code"] == "500");
  CHECK(slow["threshold"] == 5);
  CHECK(slow["threshold"].is_number_unsigned());
  CHECK(slow["enabled"] == false);
  CHECK(slow["window"] == "1m");
  CHECK(loaded->rules[1].value["name"] == "7");
}

TEST_CASE("an empty list of rules is no rules, unlike no list", "[configuration]") {
  for (const char* text : {"rules: []\n", "rules:\n"}) {
    const auto loaded = parse_configuration({}, {}, "c.yaml", text);
    REQUIRE(loaded.ok());
    CHECK(loaded->rules.empty());
  }
}

TEST_CASE("a rule that cannot be used is named with its line, its name and its member", "[configuration]") {
  const std::string no_threshold = problems("rules:\n  - name: A\n    threshold: 0\n");
  CHECK(no_threshold.starts_with("c.yaml:2: rules: \"A\": threshold: "));
  CHECK(problems("rules:\n  - threshold: 1\n").starts_with("c.yaml:2: rules: name: "));
  CHECK(problems("rules:\n  - name: A\n    regex: \"(\"\n").starts_with("c.yaml:2: rules: \"A\": regex: "));
  CHECK(problems("rules:\n  - name: A\n    treshold: 1\n").starts_with("c.yaml:2: rules: \"A\": treshold: "));
  CHECK(problems("rules:\n  - name: A\n  - name: A\n") ==
        "c.yaml:3: rules: \"A\": there is a rule of this name in line 2");
  CHECK(problems("rules:\n  - name: A\n    name: B\n") ==
        "c.yaml:3:5: rules: \"name\" stands here a second time");
}

TEST_CASE("a webhook that cannot be used is named with its line and member", "[configuration]") {
  CHECK(problems("webhooks:\n  - id: a\n").starts_with("c.yaml:2: webhooks: \"a\": url: "));
  CHECK(problems("webhooks:\n  - url: ftp://x\n").starts_with("c.yaml:2: webhooks: url: "));
  CHECK(problems("webhooks:\n  - {id: a, url: http://x/}\n  - {id: a, url: http://y/}\n") ==
        "c.yaml:3: webhooks: \"a\": there is a webhook of this id in line 2");
  CHECK(problems("webhooks:\n  - {id: a, url: http://x/, rules: [Nope]}\n") ==
        "c.yaml:2: webhooks: \"a\": rules: there is no rule \"Nope\" in this file");
  CHECK(problems("webhooks:\n  - {id: a, url: http://x/, rules: [Critical Errors]}\n") == "");
}
