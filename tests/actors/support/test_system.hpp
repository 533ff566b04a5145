// SPDX-License-Identifier: MIT
// An actor system in which tests own time and say when messages are handled.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "messages/answer.hpp"

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/exit_reason.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace logstream::test {

/// A clock that stands still until told otherwise.
class manual_clock final : public clock {
 public:
  explicit manual_clock(timestamp start) : now_(start) {}

  timestamp now() const override { return now_; }
  void set(timestamp to) { now_ = to; }
  void advance(std::chrono::nanoseconds by) { now_ += by.count(); }

 private:
  timestamp now_;
};

/// Scheduled actors run on the caller's thread, in the order of their messages, when run() or advance() is
/// called. The last kept actor is told to end first; every actor that would not end by itself must be kept,
/// or the end never comes.
class test_system {
 public:
  /// 2024-05-01T12:00:00Z
  static constexpr timestamp start_time = 1'714'564'800 * nanoseconds_per_second;

  test_system() : system_(configure(config_)), coordinator_(cast(system_)) {}
  test_system(const test_system&) = delete;
  test_system& operator=(const test_system&) = delete;
  ~test_system() {
    while (!kept_.empty()) {
      caf::anon_send_exit(kept_.back(), caf::exit_reason::user_shutdown);
      kept_.pop_back();
      run();
    }
  }

  caf::actor_system& actors() { return system_; }
  const std::shared_ptr<manual_clock>& now() { return clock_; }

  /// Has `handle` told to end with the test.
  template <class Handle>
  Handle keep(Handle handle) {
    kept_.push_back(caf::actor_cast<caf::actor>(handle));
    return handle;
  }

  /// Handles messages until none is left; time stands still. Returns how often an actor had its turn.
  std::size_t run() {
    std::size_t turns = 0;
    while (coordinator_.try_run_once()) ++turns;
    return turns;
  }

  /// Lets `by` pass in steps of `step`, for actors and for now(), and handles what falls due at each.
  void advance(std::chrono::nanoseconds by, std::chrono::nanoseconds step = std::chrono::milliseconds{100}) {
    run();
    while (by > std::chrono::nanoseconds::zero()) {
      const auto each = by < step ? by : step;
      clock_->advance(each);
      coordinator_.advance_time(each);
      run();
      by -= each;
    }
  }

  /// Sends a message and runs.
  template <class Handle, class... Ts>
  void tell(const Handle& to, Ts&&... message) {
    caf::anon_send(to, std::forward<Ts>(message)...);
    run();
  }

  /// Sends a message that ends in an answer<T>, runs, and returns what was delivered, if anything was.
  template <class T, class Handle, class... Ts>
  std::optional<result<T>> fetch(const Handle& to, Ts&&... message) {
    auto delivered = std::make_shared<std::optional<result<T>>>();
    caf::anon_send(to, std::forward<Ts>(message)...,
                   make_answer<T>([delivered](result<T> value) { *delivered = std::move(value); }));
    run();
    return *delivered;
  }

  /// Sends a request, runs, and returns the response; nothing if it was an error or did not come.
  template <class T, class Handle, class... Ts>
  std::optional<T> ask(const Handle& to, Ts&&... message) {
    caf::scoped_actor self{system_};
    auto pending = self->request(to, std::chrono::milliseconds{0} + patience, std::forward<Ts>(message)...);
    run();
    // An answer that did not come by now would not come at all: what waits for it is let go by its deadline.
    coordinator_.advance_time(patience);
    std::optional<T> got;
    pending.receive([&](T& value) { got = std::move(value); }, [](const caf::error&) {});
    return got;
  }

 private:
  static constexpr std::chrono::milliseconds patience{1};

  static caf::actor_system_config& configure(caf::actor_system_config& config) {
    return config.set("scheduler.policy", caf::atom("testing"));
  }
  static caf::scheduler::test_coordinator& cast(caf::actor_system& system) {
    return dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
  }

  caf::actor_system_config config_;
  caf::actor_system system_;
  caf::scheduler::test_coordinator& coordinator_;
  std::shared_ptr<manual_clock> clock_ = std::make_shared<manual_clock>(start_time);
  std::vector<caf::actor> kept_;
};

}  // namespace logstream::test
