// SPDX-License-Identifier: MIT
// Problems of rules and webhooks with their places.
#include "app/config/check_alerts.hpp"

#include "engine/alert/rule.hpp"
#include "engine/alert/webhook.hpp"

#include <algorithm>
#include <map>

namespace logstream {

namespace {

std::string place(const std::string& file, int line, const char* list, const std::string& name) {
  std::string out = file + ":" + std::to_string(line) + ": " + list + ": ";
  return name.empty() ? out : out + "\"" + name + "\": ";
}

std::string text_member(const nlohmann::json& from, const char* member) {
  const auto found = from.find(member);
  return found != from.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace

void check_rules(const std::vector<located_json>& rules, const std::string& file,
                 std::vector<std::string>& problems) {
  std::map<std::string, int> lines;
  for (const located_json& each : rules) {
    const std::string name = text_member(each.value, "name");
    if (const auto rule = parse_rule(each.value); !rule)
      problems.push_back(place(file, each.line, "rules", name) + rule.failure().message);
    else if (const auto [first, is_new] = lines.emplace(rule->name, each.line); !is_new)
      problems.push_back(place(file, each.line, "rules", name) + "there is a rule of this name in line " +
                         std::to_string(first->second));
  }
}

void check_webhooks(const std::vector<located_json>& webhooks, const std::vector<located_json>& rules,
                    const std::string& file, std::vector<std::string>& problems) {
  std::map<std::string, int> lines;
  for (const located_json& each : webhooks) {
    const auto hook = parse_webhook(each.value);
    if (!hook) {
      problems.push_back(place(file, each.line, "webhooks", text_member(each.value, "id")) +
                         hook.failure().message);
      continue;
    }
    const std::string where = place(file, each.line, "webhooks", hook->id);
    if (const auto [first, is_new] = lines.emplace(hook->id, each.line); !is_new)
      problems.push_back(where + "there is a webhook of this id in line " + std::to_string(first->second));
    for (const std::string& rule : hook->rules)
      if (std::none_of(rules.begin(), rules.end(),
                       [&](const located_json& known) { return text_member(known.value, "name") == rule; }))
        problems.push_back(where + "rules: there is no rule \"" + rule + "\" in this file");
  }
}

}  // namespace logstream
