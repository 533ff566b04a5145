// SPDX-License-Identifier: MIT
// An alert manager whose workers and sender the test plays.
#pragma once

#include "actors/alert_manager.hpp"
#include "messages/interfaces.hpp"
#include "tests/actors/support/test_system.hpp"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace logstream::test {

/// What a played sender was asked to post, and what it is to answer.
struct sender_log {
  std::vector<http_request_ptr> requests;
  /// One for each request; 200 when none is left.
  std::deque<http_outcome> outcomes;
  /// Senders started so far; the last one.
  std::size_t started = 0;
  http_sender_actor actor;

  nlohmann::json body(std::size_t n) const { return nlohmann::json::parse(requests.at(n)->body); }
  std::string header(std::size_t n, std::string_view name) const;
};

/// What a played worker was told.
struct routes_log {
  std::vector<alert_routes_ptr> routes;
};

rule_ptr make_rule(const nlohmann::json& from);
webhook_ptr make_webhook(const nlohmann::json& from);

/// So many events of one time and stream.
batch_ptr make_rows(timestamp time, level severity, std::size_t count, std::string_view service,
                    std::string_view message);
/// Does what a worker does with rows.
void send_matches(const alert_routes& routes, const batch_ptr& rows);

class alert_bench {
 public:
  explicit alert_bench(std::function<void(alert_manager_settings&)> adjust = nullptr);
  ~alert_bench();

  test_system system;
  std::shared_ptr<sender_log> sender = std::make_shared<sender_log>();
  std::shared_ptr<routes_log> worker_log = std::make_shared<routes_log>();
  alert_manager_actor manager;
  worker_actor worker;

  /// Has a configuration file loaded that consists of these.
  void configure(const std::vector<nlohmann::json>& rules, const std::vector<nlohmann::json>& webhooks = {});

  /// The result of a request to the manager. REQUIRES: it succeeds.
  template <class... Ts>
  nlohmann::json get(const Ts&... message) {
    auto answer = system.fetch<nlohmann::json>(manager, message...);
    if (!answer || !*answer)
      throw std::runtime_error{!answer ? "no answer" : answer->failure().message};
    return **answer;
  }
  /// The kind of failure of a request to the manager. REQUIRES: it fails.
  template <class... Ts>
  errc failure(const Ts&... message) {
    auto answer = system.fetch<nlohmann::json>(manager, message...);
    if (!answer || *answer)
      throw std::runtime_error{!answer ? "no answer" : (**answer).dump()};
    return answer->failure().code;
  }
  nlohmann::json rule(const std::string& name) { return get(atom::get_v, name); }
  nlohmann::json webhook(std::size_t n = 0) { return get(atom::webhook_v, atom::list_v)["webhooks"].at(n); }
  nlohmann::json alerts() { return get(atom::alerts_v); }

  const alert_routes& routes() const { return *worker_log->routes.back(); }
  /// The actor of an enabled rule, as workers know it.
  alert_rule_actor rule_actor(const std::string& name) const;
  /// Has so many events of a level arrive now, through a worker.
  void log(level severity, std::size_t count, std::string_view service = "api",
           std::string_view message = "m");
};

}  // namespace logstream::test
