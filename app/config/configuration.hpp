// SPDX-License-Identifier: MIT
// The effective configuration: defaults, then the file, then the environment, then flags, each over the one
// before.
#pragma once

#include "app/config/settings.hpp"
#include "app/config/yaml_document.hpp"
#include "engine/base/result.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace logstream {

struct configuration {
  settings values;
  /// As the bodies of POST /rules and POST /webhooks; parse_rule and parse_webhook take each of them.
  std::vector<located_json> rules;
  std::vector<located_json> webhooks;
  /// The file that was read, or empty.
  std::string file;
  /// Where each setting that is not a default was given, by its dotted name: `logstream.yaml:3:9`,
  /// `--http.port`.
  std::map<std::string, std::string, std::less<>> origins;
  /// What is odd but no reason not to start.
  std::vector<std::string> warnings;
};

/// Names and texts of settings, from flags without the leading dashes.
using command_line_values = std::vector<std::pair<std::string, std::string>>;

/// Names and values of environment variables.
using environment = std::vector<std::pair<std::string, std::string>>;

/// Returns the variables of this process.
environment process_environment();

/// Returns the value of a variable, if it is set.
std::optional<std::string> find_variable(const environment& variables, std::string_view name);

/// Reads and checks everything. The error lists every problem, one a line, each with its place and its key.
/// Variables that begin with LOGSTREAM_ and name no setting are warnings only: container platforms make up
/// such names.
result<configuration> load_configuration(const command_line_values& flags, const environment& variables,
                                         const std::optional<std::filesystem::path>& file);

/// As load_configuration, with the text of the file at hand.
result<configuration> parse_configuration(const command_line_values& flags, const environment& variables,
                                          const std::string& file, std::string_view text);

}  // namespace logstream
