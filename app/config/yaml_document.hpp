// SPDX-License-Identifier: MIT
// A configuration file taken apart: settings as text with their places, rules and webhooks as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// A JSON value and the line of the file on which it begins; 0 when it comes from no file.
struct located_json {
  nlohmann::json value;
  int line = 0;
};

/// One setting of a file.
struct yaml_setting {
  /// The dotted name or alias as the file spells it.
  std::string name;
  std::string text;
  /// Set when the file gives a sequence instead of text.
  std::optional<std::vector<std::string>> list;
  int line = 0;
  int column = 0;
};

struct yaml_document {
  std::vector<yaml_setting> settings;
  /// Absent when the file has no such key.
  std::optional<std::vector<located_json>> rules;
  std::optional<std::vector<located_json>> webhooks;
};

/// Takes a file apart. Each problem, unknown keys among them, is appended to `problems` as `file:line:column:
/// key: why`; the rest of the file is read all the same.
yaml_document read_yaml(std::string_view text, const std::string& file, std::vector<std::string>& problems);

}  // namespace logstream
