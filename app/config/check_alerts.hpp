// SPDX-License-Identifier: MIT
// Judges the rules and webhooks of a file by what judges those sent over HTTP.
#pragma once

#include "app/config/yaml_document.hpp"

#include <string>
#include <vector>

namespace logstream {

/// Appends a problem `file:line: rules: name: why` for each rule that cannot be used.
void check_rules(const std::vector<located_json>& rules, const std::string& file,
                 std::vector<std::string>& problems);

/// Appends a problem for each webhook that cannot be used or that waits for a rule that is not among `rules`.
void check_webhooks(const std::vector<located_json>& webhooks, const std::vector<located_json>& rules,
                    const std::string& file, std::vector<std::string>& problems);

}  // namespace logstream
