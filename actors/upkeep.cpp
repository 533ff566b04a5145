// SPDX-License-Identifier: MIT
// Orders are dealt out in turn.
#include "actors/upkeep.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <sys/resource.h>
#include <unistd.h>

#include <utility>
#include <vector>

namespace logstream {

namespace {

// Whoever waits for an answer goes first.
constexpr int niceness = 10;

upkeep_actor::behavior_type upkeep_thread(upkeep_actor::pointer self, std::shared_ptr<file_system> disk,
                                          const caf::actor_addr& owner) {
  install_guards(self, "upkeep-thread");
  self->monitor(owner);
  self->set_down_handler([self](caf::down_msg& ended) { self->quit(std::move(ended.reason)); });
  // On Linux this is the thread's own.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
  return {
      [self, disk = std::move(disk)](const upkeep_order_ptr& order, const shard_actor& from) {
        carry_out(disk, *order);
        self->send(from, order);
      },
  };
}

struct upkeep_state {
  static inline const char* name = "upkeep";

  explicit upkeep_state(upkeep_actor::pointer self_pointer) : self(self_pointer) {}

  upkeep_actor make_thread() {
    auto made = self->system().spawn<caf::detached>(upkeep_thread, disk, self->address());
    self->monitor(made);
    return made;
  }

  void thread_down(const caf::down_msg& down) {
    log_unexpected(name, "a thread died (" + describe(down.reason) + ") and is replaced");
    for (upkeep_actor& each : threads)
      if (each.address() == down.source)
        each = make_thread();
  }

  const upkeep_actor& next() { return threads[turn++ % threads.size()]; }

  upkeep_actor::pointer self;
  std::shared_ptr<file_system> disk;
  std::vector<upkeep_actor> threads;
  std::size_t turn = 0;
};

upkeep_actor::behavior_type upkeep(upkeep_actor::stateful_pointer<upkeep_state> self,
                                   const std::shared_ptr<file_system>& disk, std::uint32_t threads) {
  install_guards(self, upkeep_state::name);
  self->set_down_handler([self](caf::down_msg& down) { self->state.thread_down(down); });
  self->state.disk = disk;
  for (std::uint32_t i = 0; i < threads; ++i) self->state.threads.push_back(self->state.make_thread());
  return {
      [self](const upkeep_order_ptr& order, const shard_actor& from) {
        self->send(self->state.next(), order, from);
      },
  };
}

}  // namespace

upkeep_actor spawn_upkeep(caf::actor_system& system, std::shared_ptr<file_system> disk,
                          std::uint32_t threads) {
  return system.spawn(upkeep, std::move(disk), threads);
}

}  // namespace logstream
