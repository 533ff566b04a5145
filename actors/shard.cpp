// SPDX-License-Identifier: MIT
// Every message is one call of the shard's store.
#include "actors/shard.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <chrono>
#include <optional>
#include <utility>

namespace logstream {

namespace {

// How often a shard looks whether something is old enough for a segment, or for the end.
constexpr std::chrono::seconds tick_period{1};

struct shard_state {
  static inline const char* name = "shard";

  explicit shard_state(shard_actor::pointer self_pointer) : self(self_pointer) {}

  void append(handed_batches& handed) {
    numbered_batches what = handed.take();
    if (!oldest)
      oldest = self->clock().now();
    data->append(what.begin, what.end, std::move(what.rows));
    order_merge();
    if (!refused)
      order(data->seal(false));
  }

  void order_merge() {
    if (!merger)
      return;
    if (auto order = data->memory().next_merge())
      self->send(merger, std::move(order), shard_actor{self});
  }

  void merged(const merge_order_ptr& done) {
    data->memory().apply(*done);
    order_merge();
  }

  void order(upkeep_order_ptr what) {
    if (!what)
      return;
    // Rows that came after those of an order that failed are still in memory.
    if (data->memory().figures().events == 0)
      oldest.reset();
    self->send(upkeep, std::move(what), shard_actor{self});
  }

  void carried_out(upkeep_order& done) {
    if (done.failure)
      log_unexpected(name, "the folder was not changed: " + done.failure->message);
    if (done.replaced)
      tell_of_damage(done);
    data->finish(done);
    tell_sealed();
    refused = done.failure.has_value();
    if (refused)
      return;
    order(data->inspect());
    order(data->seal(false));
  }

  void tell_of_damage(const upkeep_order& done) {
    log_unexpected(name, done.damage + ": the file is now " + done.replaced->moved.path + ", " +
                             std::to_string(done.replaced->lost_rows) + " of " +
                             std::to_string(done.suspect->info().rows) + " events are lost");
    self->send(root, atom::damaged_v);
  }

  void suspect(const segment_ptr& which) {
    data->suspect(which);
    if (!refused)
      order(data->inspect());
  }

  void tell_sealed() {
    self->send(committer, atom::sealed_v, settings.index, data->sealed_through(), data->unsealed_bytes());
  }

  // Rows of the shard before, or out of the log, are as old as it is at least.
  void start() {
    if (data->unsealed_bytes() != 0)
      oldest = self->clock().now();
    tick();
  }

  // Armed again before the work, which only gives orders.
  void tick() {
    self->delayed_send(shard_actor{self}, tick_period, atom::internal_v, atom::tick_v);
    refused = false;
    // Merges change how much memory rows take.
    tell_sealed();
    order(data->inspect());
    const bool old = oldest && self->clock().now() - *oldest >= settings.seal_age;
    order(data->seal(old));
    if (settings.retention != 0)
      order(data->expire(settings.time->now(), settings.retention));
    if (settings.max_disk_bytes != 0)
      order(data->expire_beyond(settings.max_disk_bytes));
  }

  void rewire(const service_handles& handles) {
    merger = handles.merger;
    upkeep = handles.upkeep;
    committer = handles.committer;
    root = handles.root;
  }

  shard_actor::pointer self;
  shard_settings settings;
  std::shared_ptr<shard_store> data;
  merger_actor merger;
  upkeep_actor upkeep;
  committer_actor committer;
  root_actor root;
  // When the first of the rows came that are in no segment and on their way to none.
  std::optional<caf::actor_clock::time_point> oldest;
  // The last order failed: the disk is not asked again before the next tick.
  bool refused = false;
};

shard_actor::behavior_type shard(shard_actor::stateful_pointer<shard_state> self,
                                 const shard_settings& settings, std::shared_ptr<shard_store> data) {
  install_guards(self, shard_state::name);
  self->state.settings = settings;
  self->state.data = std::move(data);
  if (settings.on_disk)
    self->state.start();
  shard_store* const kept = self->state.data.get();
  return {
      [self](atom::append, const handed_batches_ptr& rows) { self->state.append(*rows); },
      [kept](atom::snapshot, const row_filter& filter) {
        return std::make_shared<const snapshot>(kept->candidates(filter));
      },
      [kept](atom::count, const count_request_ptr& what) {
        return std::make_shared<const shard_counts>(kept->count(what->filter, what->by));
      },
      [kept](atom::probe) {
        const auto& minutes = kept->memory().minutes();
        return std::make_shared<const std::vector<std::pair<std::int64_t, std::uint64_t>>>(minutes.begin(),
                                                                                           minutes.end());
      },
      [kept](atom::probe, std::int64_t minute) {
        return std::make_shared<const std::vector<timestamp>>(kept->memory().times_in(minute));
      },
      [kept](atom::evict, timestamp time, std::uint64_t ties) { return kept->memory().evict(time, ties); },
      [kept](atom::stats) { return kept->figures(); },
      [self](atom::merged, const merge_order_ptr& done) { self->state.merged(done); },
      [self](const upkeep_order_ptr& done) { self->state.carried_out(*done); },
      [self](atom::damaged, const segment_ptr& which) { self->state.suspect(which); },
      [kept](atom::snapshot) { return std::make_shared<const manifest>(kept->state()); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(*handles); },
      [self](atom::internal, atom::tick) { self->state.tick(); },
  };
}

}  // namespace

shard_actor spawn_shard(caf::actor_system& system, const shard_settings& settings,
                        std::shared_ptr<shard_store> data) {
  return system.spawn(shard, settings, std::move(data));
}

}  // namespace logstream
