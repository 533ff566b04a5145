// SPDX-License-Identifier: MIT
// Every message is one call of the memory shard.
#include "actors/shard.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>

namespace logstream {

namespace {

struct shard_state {
  static inline const char* name = "shard";

  explicit shard_state(shard_actor::pointer self_pointer) : self(self_pointer) {}

  void append(handed_batches& rows) {
    for (batch_ptr& each : rows.take()) data->append(std::move(each));
    order_merge();
  }

  void order_merge() {
    if (!merger)
      return;
    if (auto order = data->next_merge())
      self->send(merger, std::move(order), shard_actor{self});
  }

  void merged(const merge_order_ptr& done) {
    data->apply(*done);
    order_merge();
  }

  shard_actor::pointer self;
  std::shared_ptr<memory_shard> data;
  merger_actor merger;
};

shard_actor::behavior_type shard(shard_actor::stateful_pointer<shard_state> self,
                                 std::shared_ptr<memory_shard> data) {
  install_guards(self, shard_state::name);
  self->state.data = std::move(data);
  memory_shard* const kept = self->state.data.get();
  return {
      [self](atom::append, const handed_batches_ptr& rows) { self->state.append(*rows); },
      [kept](atom::snapshot, const row_filter& filter) {
        return std::make_shared<const std::vector<part>>(kept->candidates(filter));
      },
      [kept](atom::count, const count_request_ptr& what) {
        return std::make_shared<const group_counts>(kept->count(what->filter, what->by));
      },
      [kept](atom::probe) {
        return std::make_shared<const std::vector<std::pair<std::int64_t, std::uint64_t>>>(
            kept->minutes().begin(), kept->minutes().end());
      },
      [kept](atom::probe, std::int64_t minute) {
        return std::make_shared<const std::vector<timestamp>>(kept->times_in(minute));
      },
      [kept](atom::evict, timestamp time, std::uint64_t ties) { return kept->evict(time, ties); },
      [kept](atom::stats) { return kept->figures(); },
      [self](atom::merged, const merge_order_ptr& done) { self->state.merged(done); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.merger = handles->merger; },
  };
}

}  // namespace

shard_actor spawn_shard(caf::actor_system& system, std::shared_ptr<memory_shard> data) {
  return system.spawn(shard, std::move(data));
}

}  // namespace logstream
