// SPDX-License-Identifier: MIT
// The core schema of YAML.
#include "app/config/yaml_json.hpp"

#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>

namespace logstream {

namespace {

nlohmann::json scalar_to_json(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  // yaml-cpp tags a scalar in quotes with "!" and a plain one with "?".
  if (node.Tag() != "?" && !node.Tag().empty())
    return text;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
    return nullptr;
  if (text == "true" || text == "True" || text == "TRUE")
    return true;
  if (text == "false" || text == "False" || text == "FALSE")
    return false;
  const char* end = text.data() + text.size();
  // As the JSON parser has it: numbers that are not negative are unsigned.
  std::uint64_t natural = 0;
  if (const auto read = std::from_chars(text.data(), end, natural); read.ec == std::errc{} && read.ptr == end)
    return natural;
  std::int64_t whole = 0;
  if (const auto read = std::from_chars(text.data(), end, whole); read.ec == std::errc{} && read.ptr == end)
    return whole;
  double number = 0;
  if (const auto read = std::from_chars(text.data(), end, number);
      read.ec == std::errc{} && read.ptr == end && std::isfinite(number))
    return number;
  return text;
}

}  // namespace

nlohmann::json yaml_to_json(const YAML::Node& node, const yaml_problem& problem) {
  if (node.IsScalar())
    return scalar_to_json(node);
  if (node.IsSequence()) {
    auto out = nlohmann::json::array();
    for (const YAML::Node& each : node) out.push_back(yaml_to_json(each, problem));
    return out;
  }
  if (!node.IsMap())
    return nullptr;
  auto out = nlohmann::json::object();
  for (const auto& each : node) {
    if (!each.first.IsScalar()) {
      problem(each.first.Mark(), "a key must be plain text");
      continue;
    }
    if (out.contains(each.first.Scalar()))
      problem(each.first.Mark(), "\"" + each.first.Scalar() + "\" stands here a second time");
    out[each.first.Scalar()] = yaml_to_json(each.second, problem);
  }
  return out;
}

}  // namespace logstream
