// SPDX-License-Identifier: MIT
// Layers the sources of settings over each other.
#include "app/config/configuration.hpp"

#include "app/config/check.hpp"
#include "app/config/check_alerts.hpp"
#include "app/config/declarations.hpp"
#include "app/config/default_rules.hpp"
#include "app/config/suggestion.hpp"
#include "app/config/value_text.hpp"

#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

namespace logstream {

namespace {

constexpr std::string_view variable_prefix = "LOGSTREAM_";

/// Variables that are no settings of the server, yet ours.
bool is_other_variable(std::string_view name) {
  return name == "LOGSTREAM_CONFIG" || name == "LOGSTREAM_URL" || name == "LOGSTREAM_DATA";
}

class layers {
 public:
  void add_file(const std::string& file, std::string_view text) {
    out_.file = file;
    yaml_document document = read_yaml(text, file, problems_);
    std::map<std::string_view, std::string> seen;
    for (yaml_setting& each : document.settings) {
      const setting_declaration& setting = *find_setting(each.name);
      const std::string place = file + ":" + std::to_string(each.line) + ":" + std::to_string(each.column);
      if (const auto [first, is_new] = seen.emplace(setting.name, place); !is_new) {
        problems_.push_back(place + ": " + each.name + ": is set a second time, first at " + first->second);
        continue;
      }
      if (each.list) {
        set_list(out_.values, setting, std::move(*each.list));
        note(setting, place);
      } else {
        set(setting, each.text, place, place + ": " + each.name);
      }
    }
    rules_ = std::move(document.rules);
    if (document.webhooks)
      out_.webhooks = std::move(*document.webhooks);
  }

  void add_variables(const environment& variables) {
    std::map<std::string, const setting_declaration*, std::less<>> known;
    for (const auto& each : setting_declarations()) {
      known.emplace(environment_name(each.name), &each);
      if (!each.alias.empty())
        known.emplace(environment_name(each.alias), &each);
    }
    for (const auto& [name, value] : variables) {
      if (const auto found = known.find(name); found != known.end())
        set(*found->second, value, name, name);
      else if (name.starts_with(variable_prefix) && !is_other_variable(name))
        out_.warnings.push_back(name + ": is no setting" + suggest_variable(name));
    }
  }

  void add_flags(const command_line_values& flags) {
    for (const auto& [name, text] : flags) {
      const std::string flag = "--" + name;
      if (const setting_declaration* setting = find_setting(name))
        set(*setting, text, flag, flag);
      else
        problems_.push_back(flag + ": there is no such setting" + suggest_flag(name));
    }
  }

  result<configuration> finish() {
    check_settings(out_.values, out_.origins, problems_);
    out_.rules = rules_ ? std::move(*rules_) : default_rules();
    check_rules(out_.rules, out_.file, problems_);
    check_webhooks(out_.webhooks, out_.rules, out_.file, problems_);
    if (!problems_.empty()) {
      std::string all;
      for (const std::string& each : problems_) all.append(all.empty() ? "" : "\n").append(each);
      return make_error(errc::invalid, std::move(all));
    }
    return std::move(out_);
  }

 private:
  void set(const setting_declaration& setting, std::string_view text, const std::string& origin,
           const std::string& where) {
    if (const auto done = set_value(out_.values, setting, text); !done)
      problems_.push_back(where + ": " + done.failure().message);
    else
      note(setting, origin);
  }

  void note(const setting_declaration& setting, const std::string& origin) {
    out_.origins.insert_or_assign(std::string{setting.name}, origin);
  }

  static std::string suggest_variable(std::string_view name) {
    std::string guess;
    for (const char c : name.substr(variable_prefix.size()))
      guess.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    if (const std::size_t section = guess.find('_'); section != std::string::npos)
      guess[section] = '.';
    return suggest_setting(guess, environment_name);
  }

  static std::string suggest_flag(std::string_view name) {
    return suggest_setting(name, [](std::string_view meant) { return "--" + std::string{meant}; });
  }

  configuration out_;
  std::optional<std::vector<located_json>> rules_;
  std::vector<std::string> problems_;
};

result<configuration> layer(const command_line_values& flags, const environment& variables,
                            const std::string* file, std::string_view text) {
  layers all;
  if (file != nullptr)
    all.add_file(*file, text);
  all.add_variables(variables);
  all.add_flags(flags);
  return all.finish();
}

}  // namespace

environment process_environment() {
  environment out;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view pair{*each};
    if (const std::size_t equals = pair.find('='); equals != std::string_view::npos)
      out.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
  }
  return out;
}

std::optional<std::string> find_variable(const environment& variables, std::string_view name) {
  for (const auto& [each, value] : variables)
    if (each == name)
      return value;
  return std::nullopt;
}

result<configuration> parse_configuration(const command_line_values& flags, const environment& variables,
                                          const std::string& file, std::string_view text) {
  return layer(flags, variables, &file, text);
}

result<configuration> load_configuration(const command_line_values& flags, const environment& variables,
                                         const std::optional<std::filesystem::path>& file) {
  if (!file)
    return layer(flags, variables, nullptr, {});
  std::error_code ignored;
  if (std::filesystem::is_directory(*file, ignored))
    return make_error(errc::io, file->string() + ": cannot be read: is a folder");
  std::ifstream in{*file, std::ios::binary};
  if (!in.is_open()) {
    const std::error_code why{errno, std::generic_category()};
    return make_error(errc::io, file->string() + ": cannot be read: " + why.message());
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  return parse_configuration(flags, variables, file->string(), text);
}

}  // namespace logstream
