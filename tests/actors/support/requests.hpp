// SPDX-License-Identifier: MIT
// Requests whose answers a test looks at when it wants to.
#pragma once

#include <caf/actor_system.hpp>
#include <caf/event_based_actor.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace logstream::test {

/// How a request stands.
template <class T>
struct pending {
  std::optional<T> value;
  std::optional<caf::error> failure;

  bool open() const { return !value && !failure; }
};

/// Asks `to` and notes the answer whenever it comes.
template <class T, class Handle, class... Ts>
std::shared_ptr<pending<T>> ask_later(caf::actor_system& system, const Handle& to, const Ts&... question) {
  auto state = std::make_shared<pending<T>>();
  const auto ask = [to, question...](caf::event_based_actor* self, const std::shared_ptr<pending<T>>& into) {
    self->request(to, std::chrono::minutes{60}, question...)
        .then([into](const T& value) { into->value = value; },
              [into](const caf::error& why) { into->failure = why; });
  };
  system.spawn(ask, state);
  return state;
}

}  // namespace logstream::test
