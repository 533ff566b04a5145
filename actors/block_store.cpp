// SPDX-License-Identifier: MIT
// A cache in front of threads that read.
#include "actors/block_store.hpp"

#include "actors/support/guards.hpp"
#include "engine/store/block_cache.hpp"
#include "messages/budget.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <map>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

namespace logstream {

namespace {

// A segment of a shard is known by its first sequence and its level; a sequence has 48 bits.
block_key key_of(const block_ref& block) {
  const segment_info& info = block.in->info();
  const std::uint64_t segment =
      std::uint64_t{info.from.shard} << 56 | id_of(info).first_sequence << 8 | (info.level & 0xffu);
  return {segment, block.block, 0};
}

struct block_store_state {
  static inline const char* name = "block-store";
  using promise = caf::typed_response_promise<batch_ptr>;
  using place = std::pair<std::uint64_t, std::uint32_t>;

  explicit block_store_state(block_store_actor::pointer self_pointer) : self(self_pointer) {}

  void start(const block_store_settings& with) {
    settings = with;
    cache.emplace(settings.cache_bytes);
    for (std::uint32_t i = 0; i < settings.readers; ++i) readers.push_back(make_reader());
  }

  block_reader_actor make_reader() {
    auto made = settings.make_reader(self->system(), self->address());
    self->monitor(made);
    return made;
  }

  void reader_down(const caf::down_msg& down) {
    log_unexpected(name, "a reader died (" + describe(down.reason) + ") and is replaced");
    for (block_reader_actor& each : readers)
      if (each.address() == down.source)
        each = make_reader();
  }

  caf::result<batch_ptr> read(const block_ref& block) {
    const block_key key = key_of(block);
    if (auto held = cache->find(key))
      return held;
    auto waits = self->make_response_promise<batch_ptr>();
    auto& askers = asked[{key.segment, key.block}];
    askers.push_back(waits);
    if (askers.size() == 1)
      self->request(next_reader(), budget::block, block)
          .then([this, key](const batch_ptr& rows) { arrived(key, rows); },
                [this, key](const caf::error& why) { failed(key, why); });
    return waits;
  }

  void arrived(const block_key& key, const batch_ptr& rows) {
    cache->insert(key, rows, rows->bytes());
    for (promise& each : take_askers(key)) each.deliver(rows);
  }

  void failed(const block_key& key, const caf::error& why) {
    for (promise& each : take_askers(key)) each.deliver(why);
  }

  std::vector<promise> take_askers(const block_key& key) {
    auto found = asked.extract({key.segment, key.block});
    return found.empty() ? std::vector<promise>{} : std::move(found.mapped());
  }

  void tell_shard(const segment_ptr& damaged) {
    const std::uint32_t shard = damaged->info().from.shard;
    if (shard < shards.size())
      self->send(shards[shard], atom::damaged_v, damaged);
  }

  const block_reader_actor& next_reader() { return readers[turn++ % readers.size()]; }

  block_store_actor::pointer self;
  block_store_settings settings;
  std::optional<block_cache<batch>> cache;
  std::vector<block_reader_actor> readers;
  std::size_t turn = 0;
  std::vector<shard_actor> shards;
  // Who waits for a block that is being read.
  std::map<place, std::vector<promise>> asked;
};

block_store_actor::behavior_type block_store(block_store_actor::stateful_pointer<block_store_state> self,
                                             const block_store_settings& settings) {
  install_guards(self, block_store_state::name);
  self->set_down_handler([self](caf::down_msg& down) { self->state.reader_down(down); });
  self->state.start(settings);
  return {
      [self](const block_ref& block) { return self->state.read(block); },
      [self](atom::count, const block_list_ptr& blocks, const count_request_ptr& what) {
        return self->delegate(self->state.next_reader(), atom::count_v, blocks, what);
      },
      [self](atom::stats) { return self->state.cache->figures(); },
      [self](atom::damaged, const segment_ptr& damaged) { self->state.tell_shard(damaged); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.shards = handles->shards; },
  };
}

}  // namespace

block_store_actor spawn_block_store(caf::actor_system& system, const block_store_settings& settings) {
  return system.spawn(block_store, settings);
}

}  // namespace logstream
