// SPDX-License-Identifier: MIT
// Actors that do what a test says, so that the HTTP layer can be tested without the rest of the service.
#pragma once

#include "messages/interfaces.hpp"

#include <functional>
#include <memory>
#include <string>

namespace logstream::test {

/// What the actors do; each runs on an actor's thread. What is empty is dropped, as by an actor that died.
struct fake_duties {
  std::function<void(const ingest_job_ptr&)> ingest;
  std::function<void(const log_request_ptr&)> query;
  std::function<void(const event_id&, const text_answer_ptr&)> one_log;
  std::function<void(const count_request&, const count_answer_ptr&)> count;
  std::function<void(const figures_answer_ptr&)> stats;
  std::function<void(const text_answer_ptr&)> metrics;
  std::function<void(const simulate_request&, const simulate_answer_ptr&)> simulate;
  /// All that the alert manager is asked, as a word and a name.
  std::function<void(const std::string&, const std::string&, const json_answer_ptr&)> alerts;
  std::function<void(const readiness_answer_ptr&)> ready;
  /// As `alerts`, for the keeper of snapshots.
  std::function<void(const std::string&, const std::string&, const json_answer_ptr&)> snapshots;
};

class fake_service {
 public:
  explicit fake_service(fake_duties duties);
  fake_service(const fake_service&) = delete;
  fake_service& operator=(const fake_service&) = delete;
  ~fake_service();

  service_handles_ptr handles() const;
  root_actor root() const;

  /// Sends `pieces` to the sink of a query as a reader does, and tells at the end whether all were taken.
  void stream(const log_request_ptr& request, std::vector<std::string> pieces,
              std::function<void(bool)> at_end);

 private:
  class implementation;
  std::unique_ptr<implementation> implementation_;
};

}  // namespace logstream::test
