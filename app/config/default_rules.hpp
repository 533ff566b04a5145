// SPDX-License-Identifier: MIT
// The alert rules of a server that was told none.
#pragma once

#include "app/config/yaml_document.hpp"

#include <string_view>
#include <vector>

namespace logstream {

/// The rules as they stand in the example file.
std::string_view default_rules_text();

/// The same rules, read.
std::vector<located_json> default_rules();

}  // namespace logstream
