// SPDX-License-Identifier: MIT
// YAML values as JSON values, so that a rule in the file is judged by what judges a rule sent over HTTP.
#pragma once

#include <nlohmann/json.hpp>
#include <yaml-cpp/yaml.h>

#include <functional>
#include <string>

namespace logstream {

/// Receives a problem and where it is.
using yaml_problem = std::function<void(const YAML::Mark& where, const std::string& why)>;

/// Converts by the core schema of YAML 1.2: plain null, true, false and numbers are what they look like,
/// everything else and everything in quotes is a string. A key that stands twice in one mapping is a problem.
nlohmann::json yaml_to_json(const YAML::Node& node, const yaml_problem& problem);

}  // namespace logstream
