// SPDX-License-Identifier: MIT
// Each rule and webhook goes through the parser that the HTTP API uses.
#include "app/alert_configuration.hpp"

#include <string>
#include <utility>

namespace logstream {

namespace {

error located(const configuration& in, const located_json& where, const error& why) {
  if (where.line == 0)
    return why;
  return make_error(why.code, in.file + ":" + std::to_string(where.line) + ": " + why.message);
}

}  // namespace

result<alert_configuration_ptr> make_alert_configuration(const configuration& from) {
  auto made = std::make_shared<alert_configuration>();
  for (const located_json& each : from.rules) {
    auto rule = parse_rule(each.value);
    if (!rule)
      return located(from, each, rule.failure());
    made->rules.push_back(std::make_shared<const alert_rule>(*std::move(rule)));
  }
  for (const located_json& each : from.webhooks) {
    auto hook = parse_webhook(each.value);
    if (!hook)
      return located(from, each, hook.failure());
    made->webhooks.push_back(std::make_shared<const webhook>(*std::move(hook)));
  }
  return alert_configuration_ptr{std::move(made)};
}

}  // namespace logstream
