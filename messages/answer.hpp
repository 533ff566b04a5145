// SPDX-License-Identifier: MIT
// The way back to whoever asked from outside the actor system, with the promise that an answer always comes.
#pragma once

#include "engine/base/result.hpp"

#include <functional>
#include <memory>
#include <utility>

namespace logstream {

/// Delivers one result to its asker. Travels with the request by handle; the actor that holds it last
/// delivers. Dropped undelivered (its actor died, its message was never handled), it delivers
/// errc::unavailable: no asker waits in vain. Not to be used by two threads at once.
template <class T>
class answer {
 public:
  using sink = std::function<void(result<T>)>;

  /// `deliver_to` may run on any thread, exactly once, and must not block.
  explicit answer(sink deliver_to) : sink_(std::move(deliver_to)) {}
  answer(const answer&) = delete;
  answer& operator=(const answer&) = delete;
  ~answer() { deliver(make_error(errc::unavailable, "the part that handles this request is restarting")); }

  /// Delivers; further calls do nothing.
  void deliver(result<T> value) {
    if (auto to = std::exchange(sink_, nullptr))
      to(std::move(value));
  }

 private:
  sink sink_;
};

template <class T>
using answer_ptr = std::shared_ptr<answer<T>>;

template <class T, class F>
answer_ptr<T> make_answer(F&& deliver_to) {
  return std::make_shared<answer<T>>(std::forward<F>(deliver_to));
}

}  // namespace logstream
