// SPDX-License-Identifier: MIT
// Merges and sends back.
#include "actors/merger.hpp"

#include "actors/support/guards.hpp"
#include "engine/store/batch_merge.hpp"

#include <caf/actor_system.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace logstream {

namespace {

merger_actor::behavior_type merger(merger_actor::pointer self, const char* name) {
  install_guards(self, name);
  return {
      [self](const merge_order_ptr& order, const shard_actor& from) {
        order->merged = merge_parts(order->parts);
        self->send(from, atom::merged_v, order);
      },
  };
}

}  // namespace

merger_actor spawn_merger(caf::actor_system& system) {
  // Without arguments CAF would follow a null pointer.
  return system.spawn(merger, "merger");
}

}  // namespace logstream
