// SPDX-License-Identifier: MIT
// The log is asked for first, then one shard after the other.
#include "actors/snapshot_keeper.hpp"

#include "actors/support/guards.hpp"
#include "engine/store/snapshot_writer.hpp"
#include "engine/store/store_layout.hpp"
#include "engine/wire/time_text.hpp"
#include "messages/budget.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <optional>
#include <utility>
#include <vector>

namespace logstream {

namespace {

using nlohmann::json;

// How long a shard is given to hear of a segment that has gone.
constexpr std::chrono::milliseconds retry_pause{50};

json document_of(const snapshot_info& from) {
  return {{"name", from.name},
          {"created", format_rfc3339(from.created)},
          {"events", from.events},
          {"bytes", from.bytes}};
}

struct snapshot_keeper_state {
  static inline const char* name = "snapshot-keeper";

  // The one that is being made.
  struct making {
    snapshot_writer writer;
    json_answer_ptr answer;
    caf::actor_clock::time_point deadline;
    std::uint32_t shard = 0;
  };

  explicit snapshot_keeper_state(snapshot_keeper_actor::pointer self_pointer) : self(self_pointer) {}

  void start(const snapshot_keeper_settings& with) {
    settings = with;
    folder = settings.path + "/" + std::string{snapshots_folder_name};
    if (!settings.disk)
      return;
    if (auto removed = remove_unfinished_snapshots(*settings.disk, folder); !removed)
      log_unexpected(name, "what is left of a snapshot was not removed: " + removed.failure().message);
  }

  // Why nothing can be done at all.
  std::optional<error> refusal() const {
    if (!settings.disk)
      return make_error(errc::conflict, "events are kept in memory: storage.mode is not disk");
    if (!handles)
      return make_error(errc::unavailable, "the store is starting");
    return std::nullopt;
  }

  void list(const json_answer_ptr& answer) const {
    if (auto refused = refusal())
      return answer->deliver(*std::move(refused));
    const auto found = list_snapshots(*settings.disk, folder);
    if (!found)
      return answer->deliver(found.failure());
    json snapshots = json::array();
    for (const snapshot_info& each : *found) snapshots.push_back(document_of(each));
    answer->deliver(json{{"count", found->size()}, {"snapshots", std::move(snapshots)}});
  }

  void erase(const std::string& which, const json_answer_ptr& answer) const {
    if (auto refused = refusal())
      return answer->deliver(*std::move(refused));
    if (auto good = check_snapshot_name(which); !good)
      return answer->deliver(good.failure());
    if (const auto known = read_snapshot_info(*settings.disk, folder + "/" + which); !known)
      return answer->deliver(known.failure().code == errc::not_found
                                 ? make_error(errc::not_found, "there is no snapshot \"" + which + "\"")
                                 : known.failure());
    if (auto removed = remove_snapshot(*settings.disk, folder, which); !removed)
      return answer->deliver(removed.failure());
    answer->deliver(json{});
  }

  void add(const std::string& wanted, json_answer_ptr& answer) {
    auto begun = begin(wanted.empty() ? snapshot_name_of(settings.time->now()) : wanted);
    if (!begun)
      return answer->deliver(begun.failure());
    under_way.emplace(
        making{*std::move(begun), std::move(answer), self->clock().now() + budget::store_snapshot, 0});
    copy_log();
  }

  result<snapshot_writer> begin(const std::string& wanted) const {
    if (auto refused = refusal())
      return *std::move(refused);
    if (under_way)
      return make_error(errc::conflict, "another snapshot is being made");
    if (auto good = check_snapshot_name(wanted); !good)
      return good.failure();
    const auto there = list_snapshots(*settings.disk, folder);
    if (!there)
      return there.failure();
    if (there->size() >= settings.most)
      return make_error(errc::conflict, "there are " + std::to_string(there->size()) +
                                            " snapshots already: one must go first");
    return snapshot_writer::begin(settings.disk, settings.path, wanted);
  }

  void copy_log() {
    self->request(handles->committer, budget::log_copy, atom::snapshot_v, under_way->writer.log_folder())
        .then(
            [this](const log_copy_ptr& copied) {
              under_way->writer.add_log(*copied);
              add_shard();
            },
            [this](const caf::error& why) {
              fail(make_error(errc::unavailable, "the log was not copied: " + describe(why)));
            });
  }

  // Each goes on when the one before is done.
  void add_shard() {
    if (self->clock().now() >= under_way->deadline)
      return fail(make_error(errc::timeout, "the snapshot took too long"));
    if (under_way->shard >= handles->shards.size())
      return finish();
    self->request(handles->shards[under_way->shard], budget::snapshot, atom::snapshot_v)
        .then([this](const manifest_ptr& state) { take(*state); },
              [this](const caf::error& why) {
                fail(make_error(errc::unavailable, "a shard did not answer: " + describe(why)));
              });
  }

  void take(const manifest& state) {
    const auto added = under_way->writer.add_shard(under_way->shard, state);
    if (!added)
      return fail(added.failure());
    if (!*added)
      return self->delayed_send(snapshot_keeper_actor{self}, retry_pause, atom::internal_v, atom::resume_v);
    ++under_way->shard;
    add_shard();
  }

  void finish() {
    const auto made = under_way->writer.finish(settings.time->now());
    if (!made)
      return fail(made.failure());
    under_way->answer->deliver(document_of(*made));
    under_way.reset();
  }

  void fail(const error& why) {
    if (auto removed = under_way->writer.give_up(); !removed)
      log_unexpected(name, "what is left of a snapshot was not removed: " + removed.failure().message);
    under_way->answer->deliver(why);
    under_way.reset();
  }

  snapshot_keeper_actor::pointer self;
  snapshot_keeper_settings settings;
  std::string folder;
  service_handles_ptr handles;
  std::optional<making> under_way;
};

snapshot_keeper_actor::behavior_type snapshot_keeper(
    snapshot_keeper_actor::stateful_pointer<snapshot_keeper_state> self,
    const snapshot_keeper_settings& settings) {
  install_guards(self, snapshot_keeper_state::name);
  self->state.start(settings);
  return {
      [self](atom::add, const std::string& wanted, json_answer_ptr& answer) {
        self->state.add(wanted, answer);
      },
      [self](atom::list, const json_answer_ptr& answer) { self->state.list(answer); },
      [self](atom::erase, const std::string& which, const json_answer_ptr& answer) {
        self->state.erase(which, answer);
      },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.handles = handles; },
      [self](atom::internal, atom::resume) { self->state.add_shard(); },
  };
}

}  // namespace

snapshot_keeper_actor spawn_snapshot_keeper(caf::actor_system& system,
                                            const snapshot_keeper_settings& settings) {
  if (settings.own_thread)
    return system.spawn<caf::detached>(snapshot_keeper, settings);
  return system.spawn(snapshot_keeper, settings);
}

}  // namespace logstream
