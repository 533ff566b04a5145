// SPDX-License-Identifier: MIT
// Played workers and senders.
#include "tests/actors/support/alert_bench.hpp"

#include "engine/model/batch_builder.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <stdexcept>
#include <utility>

namespace logstream::test {

namespace {

http_sender_actor::behavior_type played_sender(http_sender_actor::pointer,
                                               const std::shared_ptr<sender_log>& log) {
  return {[log](const http_request_ptr& request) -> http_outcome_ptr {
    log->requests.push_back(request);
    http_outcome outcome{200, "", std::nullopt, std::chrono::microseconds{1500}};
    if (!log->outcomes.empty()) {
      outcome = log->outcomes.front();
      log->outcomes.pop_front();
    }
    return std::make_shared<const http_outcome>(outcome);
  }};
}

worker_actor::behavior_type played_worker(worker_actor::pointer, const std::shared_ptr<routes_log>& log) {
  return {[](const ingest_bundle_ptr&) {},
          [log](const alert_routes_ptr& routes) { log->routes.push_back(routes); },
          [](atom::wire, const service_handles_ptr&) {}};
}

}  // namespace

std::string sender_log::header(std::size_t n, std::string_view name) const {
  for (const auto& [each, value] : requests.at(n)->headers)
    if (each == name)
      return value;
  return "";
}

rule_ptr make_rule(const nlohmann::json& from) {
  auto made = parse_rule(from);
  if (!made)
    throw std::invalid_argument{made.failure().message};
  return std::make_shared<const alert_rule>(std::move(*made));
}

webhook_ptr make_webhook(const nlohmann::json& from) {
  auto made = parse_webhook(from);
  if (!made)
    throw std::invalid_argument{made.failure().message};
  return std::make_shared<const logstream::webhook>(std::move(*made));
}

batch_ptr make_rows(timestamp time, level severity, std::size_t count, std::string_view service,
                    std::string_view message) {
  batch_builder builder{1};
  for (std::size_t i = 0; i < count; ++i) {
    builder.begin_row();
    builder.set_time(time);
    builder.set_stream(service, severity);
    builder.set_message(message);
    builder.end_row();
  }
  return builder.build().front().rows;
}

void send_matches(const alert_routes& routes, const batch_ptr& rows) {
  for (rule_matches& each : routes.rules->match({&rows, 1})) {
    const alert_rule_actor& rule = routes.actors[each.rule];
    caf::anon_send(rule, rule_matches_ptr{std::make_shared<rule_matches>(std::move(each))});
  }
}

alert_bench::alert_bench(std::function<void(alert_manager_settings&)> adjust) {
  alert_manager_settings settings;
  settings.now = system.now();
  settings.make_sender = [log = sender, this](caf::actor_system& actors, const caf::actor_addr&) {
    ++log->started;
    return log->actor = system.keep(actors.spawn(played_sender, log));
  };
  if (adjust)
    adjust(settings);
  manager = system.keep(spawn_alert_manager(system.actors(), std::move(settings)));
  worker = system.keep(system.actors().spawn(played_worker, worker_log));
  system.tell(manager, atom::join_v, worker);
}

// Actors that know each other through the logs would keep each other.
alert_bench::~alert_bench() {
  sender->actor = nullptr;
  worker_log->routes.clear();
}

void alert_bench::configure(const std::vector<nlohmann::json>& rules,
                            const std::vector<nlohmann::json>& webhooks) {
  auto made = std::make_shared<alert_configuration>();
  for (const nlohmann::json& each : rules) made->rules.push_back(make_rule(each));
  for (const nlohmann::json& each : webhooks) made->webhooks.push_back(make_webhook(each));
  system.tell(manager, atom::reload_v, alert_configuration_ptr{std::move(made)});
}

alert_rule_actor alert_bench::rule_actor(const std::string& name) const {
  const auto rules = routes().rules->rules();
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (rules[i]->name == name)
      return routes().actors[i];
  throw std::out_of_range{name};
}

void alert_bench::log(level severity, std::size_t count, std::string_view service, std::string_view message) {
  send_matches(routes(), make_rows(system.now()->now(), severity, count, service, message));
  system.run();
}

}  // namespace logstream::test
