// SPDX-License-Identifier: MIT
// A list of what has come, and a message to itself behind it.
#include "actors/committer.hpp"

#include "actors/open_bundle.hpp"
#include "actors/support/guards.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace logstream {

namespace {

// How often the disk's room is looked at, and what was written without a sync is synced.
constexpr std::chrono::seconds tick_period{1};
// Bundles that wait longer for segments to be written are refused.
constexpr std::chrono::seconds longest_hold{5};

struct committer_state {
  static inline const char* name = "committer";

  explicit committer_state(committer_actor::pointer self_pointer) : self(self_pointer) {}

  void take(open_bundle_ptr& bundle) {
    waiting.push_back(std::move(bundle));
    if (!std::exchange(flush_sent, true))
      self->send(self, atom::internal_v, atom::flush_v);
  }

  void flush() {
    flush_sent = false;
    if (behind()) {
      if (!held_since)
        held_since = self->clock().now();
      return;
    }
    held_since.reset();
    commit();
  }

  // More rows wait for their segments than may. Askers wait too: whoever sends then sends slower.
  bool behind() const {
    return settings.max_unsealed_bytes != 0 &&
           std::any_of(unsealed.begin(), unsealed.end(),
                       [this](std::uint64_t bytes) { return bytes > settings.max_unsealed_bytes; });
  }

  void commit() {
    const auto bundles = std::exchange(waiting, {});
    std::vector<commit_log::entry> entries;
    for (const open_bundle_ptr& each : bundles) each->add_entries(entries);
    auto refused = refusal();
    if (refused)
      return answer(bundles, refused);
    const auto ranges = log->number(entries);
    if (settings.ack != ack_mode::memory)
      refused = write(entries);
    if (refused)
      entries.clear();
    hand_over(entries, ranges);
    answer(bundles, refused);
    if (settings.ack == ack_mode::memory)
      write(entries);
  }

  // Why nothing is taken at the moment.
  std::optional<error> refusal() const {
    if (!disk_short)
      return std::nullopt;
    return make_error(errc::disk_full, "the disk has less room than storage.reserve_bytes");
  }

  std::optional<error> write(const std::vector<commit_log::entry>& entries) {
    auto done = log->write(entries);
    if (done && settings.ack == ack_mode::fsync)
      done = log->sync();
    if (const auto uncut = log->take_uncut())
      log_unexpected(name, "events that were refused may be there after a restart: " + uncut->message);
    if (done)
      return std::nullopt;
    log_unexpected(name, "the log was not written: " + done.failure().message);
    return done.failure();
  }

  // Also numbers that were used up in vain are told of, so that the shard does not wait for their rows.
  void hand_over(const std::vector<commit_log::entry>& entries,
                 const std::vector<commit_log::range>& ranges) {
    std::vector<numbered_batches> by_shard(ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      by_shard[i].begin = ranges[i].begin;
      by_shard[i].end = ranges[i].end;
    }
    for (const commit_log::entry& each : entries) {
      by_shard[each.shard].rows.push_back(each.rows);
      unsealed[each.shard] += each.rows->bytes();
    }
    for (std::uint32_t shard = 0; shard < by_shard.size(); ++shard)
      if (by_shard[shard].begin != by_shard[shard].end)
        hand_over(shard, std::move(by_shard[shard]));
  }

  void hand_over(std::uint32_t shard, numbered_batches what) {
    const shard_actor& to = handles->shards[shard];
    auto give_back = [self = committer_actor{self}, shard, to](numbered_batches unread) {
      caf::anon_send(self, atom::append_v, shard, to,
                     std::make_shared<const numbered_batches>(std::move(unread)));
    };
    self->send(to, atom::append_v, std::make_shared<handed_batches>(std::move(what), std::move(give_back)));
  }

  void answer(const std::vector<open_bundle_ptr>& bundles, const std::optional<error>& failure) {
    auto tally = std::make_shared<ingest_tally>();
    std::uint64_t bytes = 0;
    for (const open_bundle_ptr& each : bundles) {
      bytes += each->batch_bytes();
      *tally += each->answer(failure);
    }
    if (tally->accepted != 0)
      self->send(handles->store, atom::append_v, tally->accepted, bytes);
    self->send(handles->stats, ingest_tally_ptr{std::move(tally)});
  }

  // A shard that has died left these unread; they wait for the one in its place.
  void take_back(std::uint32_t shard, const shard_actor& from, const numbered_batches_ptr& rows) {
    unread[shard].push_back(*rows);
    if (handles->shards[shard] != from)
      give_again(shard);
  }

  void give_again(std::uint32_t shard) {
    for (numbered_batches& each : std::exchange(unread[shard], {})) hand_over(shard, std::move(each));
  }

  void rewire(const service_handles_ptr& now) {
    const auto before = std::exchange(handles, now);
    unread.resize(now->shards.size());
    unsealed.resize(now->shards.size());
    for (std::uint32_t shard = 0; before && shard < unread.size(); ++shard)
      if (before->shards[shard] != now->shards[shard])
        give_again(shard);
  }

  void sealed(std::uint32_t shard, std::uint64_t through, std::uint64_t bytes) {
    unsealed[shard] = bytes;
    if (auto removed = log->sealed(shard, through); !removed)
      log_unexpected(name, "files of the log were not removed: " + removed.failure().message);
    if (held_since)
      flush();
  }

  // What was acknowledged is written, in every mode: an answer goes out in the turn in which its events are.
  caf::result<log_copy_ptr> copy_log(const std::string& folder) {
    auto copied = log->copy_to(folder);
    if (!copied)
      return caf::make_error(caf::sec::runtime_error, copied.failure().message);
    return std::make_shared<const log_copy>(*std::move(copied));
  }

  // Armed again before the work: the period is kept, and the work is little.
  void tick() {
    self->delayed_send(self, tick_period, atom::internal_v, atom::tick_v);
    if (auto synced = log->sync(); !synced)
      log_unexpected(name, "the log was not synced: " + synced.failure().message);
    const auto room = log->free_bytes();
    const bool now_short = room && *room < settings.reserve_bytes;
    if (now_short != disk_short)
      log_unexpected(name, now_short ? "the disk is nearly full: events are refused"
                                     : "the disk has room again: events are taken");
    disk_short = now_short;
    if (held_since && self->clock().now() - *held_since >= longest_hold) {
      held_since.reset();
      answer(std::exchange(waiting, {}),
             make_error(errc::overloaded, "events arrive faster than they are written into segments"));
    }
  }

  committer_actor::pointer self;
  committer_settings settings;
  std::shared_ptr<commit_log> log;
  service_handles_ptr handles;
  std::vector<open_bundle_ptr> waiting;
  // By shard.
  std::vector<std::vector<numbered_batches>> unread;
  std::vector<std::uint64_t> unsealed;
  bool flush_sent = false;
  bool disk_short = false;
  // Since when bundles have waited for segments to be written.
  std::optional<caf::actor_clock::time_point> held_since;
};

committer_actor::behavior_type committer(committer_actor::stateful_pointer<committer_state> self,
                                         const committer_settings& settings,
                                         std::shared_ptr<commit_log> log) {
  install_guards(self, committer_state::name);
  self->state.settings = settings;
  self->state.log = std::move(log);
  if (self->state.log->has_disk())
    self->state.tick();
  return {
      [self](open_bundle_ptr& bundle) { self->state.take(bundle); },
      [self](atom::append, std::uint32_t shard, const shard_actor& from, const numbered_batches_ptr& unread) {
        self->state.take_back(shard, from, unread);
      },
      [self](atom::sealed, std::uint32_t shard, std::uint64_t through, std::uint64_t bytes) {
        self->state.sealed(shard, through, bytes);
      },
      [self](atom::snapshot, const std::string& folder) { return self->state.copy_log(folder); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(handles); },
      [self](atom::internal, atom::flush) { self->state.flush(); },
      [self](atom::internal, atom::tick) { self->state.tick(); },
  };
}

}  // namespace

committer_actor spawn_committer(caf::actor_system& system, const committer_settings& settings,
                                std::shared_ptr<commit_log> log) {
  if (settings.own_thread)
    return system.spawn<caf::detached>(committer, settings, std::move(log));
  return system.spawn(committer, settings, std::move(log));
}

}  // namespace logstream
