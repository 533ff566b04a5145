// SPDX-License-Identifier: MIT
// A blocking actor that waits in curl_multi_poll for sockets and messages alike.
#include "actors/http_sender.hpp"

#include "actors/http_transfers.hpp"

#include <caf/actor_system.hpp>
#include <caf/blocking_actor.hpp>
#include <caf/response_promise.hpp>

#include <utility>

namespace logstream {

namespace {

class http_sender final : public caf::blocking_actor {
 public:
  http_sender(caf::actor_config& config, const caf::actor_addr& owner) : caf::blocking_actor(config) {
    monitor(owner);
  }

  const char* name() const override { return "http-sender"; }

  // Runs on the sender's thread; waking may be done from any.
  void enqueue(caf::mailbox_element_ptr message, caf::execution_unit* host) override {
    caf::blocking_actor::enqueue(std::move(message), host);
    transfers_.wake();
  }

  void act() override {
    bool done = false;
    do_receive([this](const http_request_ptr& request) { return start(request); },
               [&done](const caf::exit_msg&) { done = true; }, [&done](const caf::down_msg&) { done = true; })
        .until(done);
    transfers_.abandon();
  }

  void await_data() override {
    transfers_.work();
    while (mailbox().empty()) {
      transfers_.wait();
      transfers_.work();
    }
  }

 private:
  caf::response_promise start(const http_request_ptr& request) {
    auto promise = make_response_promise();
    transfers_.start(request, [promise](http_outcome outcome) mutable {
      promise.deliver(std::make_shared<const http_outcome>(std::move(outcome)));
    });
    return promise;
  }

  http_transfers transfers_;
};

}  // namespace

http_sender_actor spawn_http_sender(caf::actor_system& system, const caf::actor_addr& owner) {
  return caf::actor_cast<http_sender_actor>(system.spawn<http_sender>(owner));
}

}  // namespace logstream
