// SPDX-License-Identifier: MIT
// Writes the documents.
#include "app/config/settings_document.hpp"

#include "app/config/declarations.hpp"
#include "app/config/default_rules.hpp"
#include "app/config/settings_manual_text.hpp"
#include "app/config/value_text.hpp"
#include "engine/alert/rule.hpp"
#include "engine/alert/webhook.hpp"

namespace logstream {

namespace {

constexpr std::size_t comment_width = 100;

/// Appends `text` as comment lines of at most comment_width, each after `indent`.
void append_comment(std::string& out, std::string_view indent, std::string_view text) {
  while (!text.empty()) {
    std::size_t size = text.size();
    if (const std::size_t room = comment_width - indent.size(); size > room) {
      size = text.rfind(' ', room);
      if (size == std::string_view::npos)
        size = text.size();
    }
    out.append(indent).append("# ").append(text.substr(0, size)).append("\n");
    text.remove_prefix(std::min(size + 1, text.size()));
  }
}

/// Returns the name without its section.
std::string_view key_of(const setting_declaration& setting) {
  return setting.name.substr(setting.name.find('.') + 1);
}

/// Returns the value as YAML reads it back.
std::string yaml_value(settings from, const setting_declaration& setting) {
  if (setting.kind == setting_kind::list)
    return nlohmann::json(*std::get<std::vector<std::string>*>(setting.place(from))).dump();
  const std::string text = value_text(from, setting);
  const bool plain =
      setting.kind != setting_kind::text || text.find_first_of(":#\"'{}[]&*!|>%@` ") == std::string::npos;
  return plain ? text : nlohmann::json(text).dump();
}

/// Calls `section` before the first setting of each section and `each` for every setting.
template <class Section, class Each>
void for_each_setting(Section section, Each each) {
  std::string_view current;
  for (const setting_declaration& setting : setting_declarations()) {
    if (setting_section(setting) != current) {
      current = setting_section(setting);
      section(current);
    }
    each(setting);
  }
}

std::string table_cell(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(c == '|' ? "\\|" : std::string(1, c));
  return out;
}

void append_objects(std::string& out, std::string_view name, const std::vector<nlohmann::json>& objects) {
  out.append("\n").append(name).append(":").append(objects.empty() ? " []\n" : "\n");
  for (const nlohmann::json& each : objects) out.append("  - ").append(each.dump()).append("\n");
}

}  // namespace

std::string settings_manual() {
  std::string out{manual_head};
  for_each_setting(
      [&](std::string_view section) {
        out.append("\n## ").append(section).append("\n\n").append(section_summary(section)).append("\n\n");
        out.append("| setting | default | takes | meaning |\n|---|---|---|---|\n");
      },
      [&](const setting_declaration& setting) {
        out.append("| `").append(setting.name).append("`");
        if (!setting.alias.empty())
          out.append(", `").append(setting.alias).append("`");
        out.append(" | `").append(default_text(setting)).append("` | ").append(accepted_values(setting));
        out.append(" | ")
            .append(table_cell(setting.help))
            .append(" Example: `")
            .append(setting.example)
            .append("`. |\n");
      });
  return out.append(manual_tail);
}

std::string example_configuration() {
  std::string out{example_head};
  for_each_setting(
      [&](std::string_view section) {
        out.append("\n");
        append_comment(out, "", section_summary(section));
        out.append(section).append(":\n");
      },
      [&](const setting_declaration& setting) {
        if (!out.ends_with(":\n"))
          out.append("\n");
        append_comment(out, "  ", setting.help);
        append_comment(
            out, "  ",
            "Takes " + accepted_values(setting) + ", for example " + std::string{setting.example} + ".");
        out.append("  #").append(key_of(setting)).append(": ");
        out.append(yaml_value({}, setting)).append("\n");
      });
  out.append("\n");
  out.append(example_rules_comment).append(default_rules_text());
  return out.append("\n").append(example_webhooks);
}

std::string effective_configuration(const configuration& from) {
  std::string out;
  for_each_setting(
      [&](std::string_view section) { out.append(out.empty() ? "" : "\n").append(section).append(":\n"); },
      [&](const setting_declaration& setting) {
        const auto origin = from.origins.find(setting.name);
        out.append("  ").append(key_of(setting)).append(": ");
        out.append(yaml_value(from.values, setting));
        out.append("  # ").append(origin == from.origins.end() ? "default" : origin->second).append("\n");
      });
  std::vector<nlohmann::json> objects;
  for (const located_json& each : from.rules)
    if (const auto rule = parse_rule(each.value))
      objects.push_back(to_json(*rule));
  append_objects(out, "rules", objects);
  objects.clear();
  for (const located_json& each : from.webhooks)
    if (const auto hook = parse_webhook(each.value))
      objects.push_back(to_public_json(*hook));
  append_objects(out, "webhooks", objects);
  return out;
}

}  // namespace logstream
