// SPDX-License-Identifier: MIT
// Two rules that fit every system.
#include "app/config/default_rules.hpp"

#include <utility>

namespace logstream {

std::string_view default_rules_text() {
  return R"(rules:
  - name: High Error Rate
    description: 10 or more errors within a minute
    level: ERROR
    threshold: 10
    window: 1m
    severity: warning
  - name: Critical Errors
    description: 3 or more critical events within 30 seconds
    level: CRITICAL
    threshold: 3
    window: 30s
    severity: critical
)";
}

std::vector<located_json> default_rules() {
  std::vector<std::string> problems;
  yaml_document document = read_yaml(default_rules_text(), "default rules", problems);
  std::vector<located_json> out = std::move(*document.rules);
  for (located_json& each : out) each.line = 0;
  return out;
}

}  // namespace logstream
