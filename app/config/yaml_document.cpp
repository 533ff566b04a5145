// SPDX-License-Identifier: MIT
// The walk over the tree that yaml-cpp makes of a file.
#include "app/config/yaml_document.hpp"

#include "app/config/declarations.hpp"
#include "app/config/suggestion.hpp"
#include "app/config/yaml_json.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace logstream {

namespace {

bool is_section(std::string_view name) {
  const auto all = setting_declarations();
  return std::any_of(all.begin(), all.end(),
                     [&](const setting_declaration& each) { return setting_section(each) == name; });
}

class walk {
 public:
  walk(const std::string& file, std::vector<std::string>& problems) : file_(file), problems_(problems) {}

  yaml_document read(std::string_view text) {
    try {
      const YAML::Node root = YAML::Load(std::string{text});
      if (root.IsMap())
        read_map(root, "");
      else if (root.IsDefined() && !root.IsNull())
        report(root.Mark(), "the file must be a mapping of settings");
    } catch (const YAML::Exception& failure) {
      report(failure.mark, failure.msg);
    }
    return std::move(out_);
  }

 private:
  void report(const YAML::Mark& where, const std::string& why) {
    problems_.push_back(place(where) + ": " + why);
  }

  std::string place(const YAML::Mark& where) const {
    if (where.is_null())
      return file_;
    return file_ + ":" + std::to_string(where.line + 1) + ":" + std::to_string(where.column + 1);
  }

  void read_map(const YAML::Node& map, const std::string& prefix) {
    for (const auto& each : map) {
      if (!each.first.IsScalar()) {
        report(each.first.Mark(), "a key must be plain text");
        continue;
      }
      const std::string name = prefix + each.first.Scalar();
      const auto [seen, is_new] = lines_.emplace(name, each.first.Mark().line + 1);
      if (!is_new) {
        report(each.first.Mark(),
               name + ": stands here a second time, first in line " + std::to_string(seen->second));
        continue;
      }
      read_entry(name, each.first.Mark(), each.second);
    }
  }

  void read_entry(const std::string& name, const YAML::Mark& where, const YAML::Node& value) {
    if (name == "rules")
      out_.rules = read_objects(name, where, value);
    else if (name == "webhooks")
      out_.webhooks = read_objects(name, where, value);
    else if (find_setting(name) != nullptr)
      read_setting(name, where, value);
    else if (!is_section(name))
      report(where, name + ": there is no such setting" +
                        suggest_setting(name, [](std::string_view meant) { return std::string{meant}; }));
    else if (value.IsMap())
      read_map(value, name + ".");
    else if (!value.IsNull())
      report(where, name + ": is a section and must hold settings");
  }

  void read_setting(const std::string& name, const YAML::Mark& where, const YAML::Node& value) {
    yaml_setting setting{name, {}, {}, value.Mark().line + 1, value.Mark().column + 1};
    if (value.IsNull()) {
      report(where, name + ": has no value");
      return;
    }
    if (value.IsMap() || (value.IsSequence() && find_setting(name)->kind != setting_kind::list)) {
      report(value.Mark(), name + ": expects a single value");
      return;
    }
    if (value.IsScalar())
      setting.text = value.Scalar();
    else
      setting.list = read_list(name, value);
    out_.settings.push_back(std::move(setting));
  }

  std::vector<std::string> read_list(const std::string& name, const YAML::Node& value) {
    std::vector<std::string> out;
    for (const YAML::Node& each : value)
      if (each.IsScalar())
        out.push_back(each.Scalar());
      else
        report(each.Mark(), name + ": expects a list of texts");
    return out;
  }

  std::vector<located_json> read_objects(const std::string& name, const YAML::Mark& where,
                                         const YAML::Node& value) {
    std::vector<located_json> out;
    if (value.IsNull())
      return out;
    if (!value.IsSequence()) {
      report(where, name + ": expects a list, each entry beginning with \"- \"");
      return out;
    }
    for (const YAML::Node& each : value) {
      if (!each.IsMap()) {
        report(each.Mark(), name + ": each entry must be a mapping");
        continue;
      }
      const auto problem = [&](const YAML::Mark& mark, const std::string& why) {
        report(mark, name + ": " + why);
      };
      out.push_back({yaml_to_json(each, problem), each.Mark().line + 1});
    }
    return out;
  }

  const std::string& file_;
  std::vector<std::string>& problems_;
  /// Where each dotted name stood first.
  std::map<std::string, int> lines_;
  yaml_document out_;
};

}  // namespace

yaml_document read_yaml(std::string_view text, const std::string& file, std::vector<std::string>& problems) {
  return walk{file, problems}.read(text);
}

}  // namespace logstream
