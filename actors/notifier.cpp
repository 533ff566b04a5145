// SPDX-License-Identifier: MIT
// A queue, one attempt at a time, and a pause after each failure.
#include "actors/notifier.hpp"

#include "actors/support/guards.hpp"
#include "actors/webhook_request.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <nlohmann/json.hpp>

#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace logstream {

namespace {

// The sender has this long beyond the request's own time-out, since it may be busy.
constexpr std::chrono::seconds sender_allowance{5};

std::string failure_text(const http_outcome& outcome) {
  return outcome.status == 0 ? outcome.failure : "status " + std::to_string(outcome.status);
}

struct notifier_state {
  static inline const char* name = "notifier";

  struct delivery {
    alert_ptr what;
    timestamp queued_at = 0;
    std::uint32_t attempts = 0;
  };

  explicit notifier_state(notifier_actor::pointer self_pointer) : self(self_pointer) {}

  void start(notifier_settings with) {
    settings = std::move(with);
    retries.emplace(settings.limits.retry, settings.seed);
    if (settings.before) {
      status = *settings.before;
      // What waited has died with the actor before.
      status.dropped += std::exchange(status.queued, 0);
    }
    if (!settings.hook->enabled)
      status.state = webhook_state::disabled;
    tell_status();
  }

  void add(const alert_ptr& what) {
    if (status.state == webhook_state::disabled)
      return;
    // One on its way does not wait, and cannot be dropped.
    const std::ptrdiff_t first_waiting = under_way ? 1 : 0;
    if (queue.size() - static_cast<std::size_t>(first_waiting) >= settings.limits.queue) {
      queue.erase(queue.begin() + first_waiting);
      ++status.dropped;
    }
    queue.push_back({what, settings.now->now(), 0});
    pump();
    tell_status();
  }

  void pump() {
    if (under_way || pausing || queue.empty())
      return;
    under_way = true;
    ++queue.front().attempts;
    post(make_webhook_request(*settings.hook, *queue.front().what),
         [this](const http_outcome& outcome) { settle(outcome); });
  }

  template <class F>
  void post(const http_request_ptr& request, F&& done) {
    self->request(settings.sender, settings.hook->timeout + sender_allowance, request)
        .then([done](const http_outcome_ptr& outcome) { done(*outcome); },
              [done](const caf::error& why) {
                done(http_outcome{0, "not sent: " + describe(why), std::nullopt, {}});
              });
  }

  void settle(const http_outcome& outcome) {
    under_way = false;
    const delivery& current = queue.front();
    switch (judge(outcome)) {
      case verdict::delivered:
        retries->succeeded();
        status.state = webhook_state::ok;
        ++status.delivered;
        close(outcome, "");
        break;
      case verdict::retry:
        status.state = webhook_state::failing;
        pause(retries->next(outcome));
        if (current.attempts >= settings.hook->max_attempts) {
          ++status.failed;
          close(outcome, failure_text(outcome));
        }
        break;
      case verdict::refused:
        status.state = webhook_state::failing;
        ++status.failed;
        close(outcome, failure_text(outcome));
        break;
      case verdict::gone:
        status.state = webhook_state::disabled;
        status.failed += queue.size();
        close(outcome, "the receiver is gone for good (status 410); the webhook is disabled");
        queue.clear();
        break;
    }
    pump();
    tell_status();
  }

  // The first delivery is over, well or badly.
  void close(const http_outcome& outcome, std::string failure) {
    const delivery over = std::move(queue.front());
    queue.pop_front();
    log({settings.now->now(), std::string{to_string(over.what->state)}, over.what->rule, over.attempts,
         outcome.status, std::chrono::microseconds{(settings.now->now() - over.queued_at) / 1'000},
         std::move(failure)});
  }

  void log(delivery_record record) {
    status.deliveries.push_back(std::make_shared<const delivery_record>(std::move(record)));
    if (status.deliveries.size() > settings.limits.log)
      status.deliveries.pop_front();
  }

  void pause(std::chrono::milliseconds length) {
    pausing = true;
    self->delayed_send(self, length, atom::internal_v, atom::resume_v, ++pause_number);
  }

  void resume(std::uint64_t number) {
    if (number != pause_number)
      return;
    pausing = false;
    pump();
  }

  // Beside the queue, so that a webhook can be tested while it waits.
  void test(const json_answer_ptr& answer) {
    post(make_test_request(*settings.hook, settings.now->now()),
         [this, answer](const http_outcome& outcome) { settle_test(outcome, *answer); });
  }

  void settle_test(const http_outcome& outcome, answer<nlohmann::json>& to) {
    const bool delivered = judge(outcome) == verdict::delivered;
    const std::string failure = delivered ? "" : failure_text(outcome);
    log({settings.now->now(), "test", "", 1, outcome.status, outcome.duration, failure});
    tell_status();
    to.deliver(nlohmann::json{{"delivered", delivered},
                              {"status", outcome.status},
                              {"latency_ms", static_cast<double>(outcome.duration.count()) / 1'000},
                              {"error", failure}});
  }

  void tell_status() {
    status.queued = queue.size();
    self->send(settings.manager, atom::notify_v, std::make_shared<const webhook_status>(status));
  }

  notifier_actor::pointer self;
  notifier_settings settings;
  std::optional<retry_schedule> retries;
  std::deque<delivery> queue;
  webhook_status status;
  bool under_way = false;
  bool pausing = false;
  std::uint64_t pause_number = 0;
};

notifier_actor::behavior_type notifier(notifier_actor::stateful_pointer<notifier_state> self,
                                       notifier_settings settings) {
  install_guards(self, notifier_state::name);
  self->monitor(settings.manager);
  self->set_down_handler([self](caf::down_msg&) { self->quit(); });
  self->state.start(std::move(settings));
  return {
      [self](atom::notify, const alert_ptr& what) { self->state.add(what); },
      [self](atom::test, const json_answer_ptr& answer) { self->state.test(answer); },
      [self](atom::wire, const http_sender_actor& sender) { self->state.settings.sender = sender; },
      [self](atom::internal, atom::resume, std::uint64_t number) { self->state.resume(number); },
  };
}

}  // namespace

notifier_actor spawn_notifier(caf::actor_system& system, notifier_settings settings) {
  return system.spawn(notifier, std::move(settings));
}

}  // namespace logstream
