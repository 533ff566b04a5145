// SPDX-License-Identifier: MIT
// A list of what has come, and a message to itself behind it.
#include "actors/committer.hpp"

#include "actors/open_bundle.hpp"
#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <utility>
#include <vector>

namespace logstream {

namespace {

struct committer_state {
  static inline const char* name = "committer";

  explicit committer_state(committer_actor::pointer self_pointer) : self(self_pointer) {}

  void take(open_bundle_ptr& bundle) {
    waiting.push_back(std::move(bundle));
    if (waiting.size() == 1)
      self->send(self, atom::internal_v, atom::flush_v);
  }

  void flush() {
    auto bundles = std::exchange(waiting, {});
    std::vector<std::vector<batch_ptr>> by_shard(handles->shards.size());
    std::uint64_t bytes = 0;
    for (const open_bundle_ptr& bundle : bundles)
      for (const built_batch& each : bundle->batches()) {
        numbers->number(each.shard, *each.rows);
        by_shard[each.shard].push_back(each.rows);
        bytes += each.rows->bytes();
      }
    for (std::uint32_t shard = 0; shard < by_shard.size(); ++shard)
      hand_over(shard, std::move(by_shard[shard]));
    answer(bundles, bytes);
  }

  void hand_over(std::uint32_t shard, std::vector<batch_ptr> rows) {
    if (rows.empty())
      return;
    const shard_actor& to = handles->shards[shard];
    auto give_back = [self = committer_actor{self}, shard, to](std::vector<batch_ptr> unread) {
      caf::anon_send(self, atom::append_v, shard, to,
                     std::make_shared<const std::vector<batch_ptr>>(std::move(unread)));
    };
    self->send(to, atom::append_v, std::make_shared<handed_batches>(std::move(rows), std::move(give_back)));
  }

  void answer(const std::vector<open_bundle_ptr>& bundles, std::uint64_t bytes) {
    auto tally = std::make_shared<ingest_tally>();
    for (const open_bundle_ptr& each : bundles) *tally += each->answer();
    if (tally->accepted != 0)
      self->send(handles->store, atom::append_v, tally->accepted, bytes);
    self->send(handles->stats, ingest_tally_ptr{std::move(tally)});
  }

  // A shard that has died left these unread; they wait for the one in its place.
  void take_back(std::uint32_t shard, const shard_actor& from, const batch_list_ptr& rows) {
    unread[shard].insert(unread[shard].end(), rows->begin(), rows->end());
    if (handles->shards[shard] != from)
      hand_over(shard, std::exchange(unread[shard], {}));
  }

  void rewire(const service_handles_ptr& now) {
    const auto before = std::exchange(handles, now);
    unread.resize(now->shards.size());
    for (std::uint32_t shard = 0; before && shard < unread.size(); ++shard)
      if (before->shards[shard] != now->shards[shard])
        hand_over(shard, std::exchange(unread[shard], {}));
  }

  committer_actor::pointer self;
  std::shared_ptr<row_numbers> numbers;
  service_handles_ptr handles;
  std::vector<open_bundle_ptr> waiting;
  // By shard.
  std::vector<std::vector<batch_ptr>> unread;
};

committer_actor::behavior_type committer(committer_actor::stateful_pointer<committer_state> self,
                                         std::shared_ptr<row_numbers> numbers) {
  install_guards(self, committer_state::name);
  self->state.numbers = std::move(numbers);
  return {
      [self](open_bundle_ptr& bundle) { self->state.take(bundle); },
      [self](atom::append, std::uint32_t shard, const shard_actor& from, const batch_list_ptr& unread) {
        self->state.take_back(shard, from, unread);
      },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(handles); },
      [self](atom::internal, atom::flush) { self->state.flush(); },
  };
}

}  // namespace

committer_actor spawn_committer(caf::actor_system& system, std::shared_ptr<row_numbers> numbers) {
  return system.spawn(committer, std::move(numbers));
}

}  // namespace logstream
