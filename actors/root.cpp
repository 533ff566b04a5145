// SPDX-License-Identifier: MIT
// The one place where actors of the service are made, and made again.
#include "actors/root.hpp"

#include "actors/merger.hpp"
#include "actors/support/guards.hpp"
#include "messages/budget.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace logstream {

namespace {

// A child that dies again is restarted no sooner after the restart before.
constexpr std::chrono::seconds restart_pause{1};

struct root_state {
  static inline const char* name = "root";

  struct child {
    std::string role;
    std::function<caf::actor_addr()> spawn;
    // Null while it is dead.
    caf::actor_addr alive;
    std::optional<caf::actor_clock::time_point> restarted;
  };

  explicit root_state(root_actor::pointer self_pointer) : self(self_pointer) {}

  void start() {
    const auto shards = static_cast<std::uint32_t>(settings.shards.size());
    settings.worker.shards = shards;
    settings.worker.log = settings.log->has_disk();
    settings.shard.on_disk = settings.log->has_disk();
    quarantined = settings.store.quarantined.files;
    current.root = self;
    current.workers.resize(settings.workers);
    current.shards.resize(shards);
    keep("stats", [this] { return current.stats = spawn_stats(self->system(), settings.stats); });
    keep("merger", [this] { return current.merger = spawn_merger(self->system()); });
    if (settings.disk)
      keep("upkeep", [this] {
        return current.upkeep = spawn_upkeep(self->system(), settings.disk, settings.upkeep_threads);
      });
    keep("block-store",
         [this] { return current.blocks = spawn_block_store(self->system(), settings.blocks); });
    for (std::uint32_t i = 0; i < shards; ++i)
      keep("shard", [this, i] { return current.shards[i] = start_shard(i); });
    keep("committer", [this] {
      return current.committer = spawn_committer(self->system(), settings.committer, settings.log);
    });
    keep("store", [this] { return current.store = spawn_store(self->system(), settings.store); });
    keep("alert-manager", [this] { return current.alerts = start_alerts(); });
    for (std::uint32_t i = 0; i < settings.workers; ++i)
      keep("worker",
           [this, i] { return current.workers[i] = spawn_worker(self->system(), settings.worker); });
    keep("router", [this] { return current.router = spawn_router(self->system(), settings.router); });
    keep("simulator",
         [this] { return current.simulator = spawn_simulator(self->system(), settings.simulator); });
    keep("snapshot-keeper",
         [this] { return current.snapshots = spawn_snapshot_keeper(self->system(), settings.snapshots); });
    wire();
  }

  // Spawns a child now, and again whenever it dies.
  template <class Spawn>
  void keep(std::string role, Spawn spawn) {
    const auto spawn_monitored = [this, spawn] {
      const auto handle = spawn();
      self->monitor(handle);
      return handle.address();
    };
    children.push_back({std::move(role), spawn_monitored, spawn_monitored(), std::nullopt});
  }

  shard_actor start_shard(std::uint32_t index) {
    shard_settings mine = settings.shard;
    mine.index = index;
    return spawn_shard(self->system(), mine, settings.shards[index]);
  }

  alert_manager_actor start_alerts() {
    auto made = spawn_alert_manager(self->system(), settings.alerts);
    if (settings.configuration)
      self->send(made, atom::reload_v, settings.configuration);
    return made;
  }

  // The committer hears of everybody before the shards and the workers do, and these before the router does,
  // so that nothing reaches one that knows nobody.
  void wire() {
    const auto handles = std::make_shared<const service_handles>(current);
    self->send(current.stats, atom::wire_v, handles);
    self->send(current.store, atom::wire_v, handles);
    self->send(current.simulator, atom::wire_v, handles);
    self->send(current.snapshots, atom::wire_v, handles);
    self->send(current.blocks, atom::wire_v, handles);
    self->send(current.committer, atom::wire_v, handles);
    for (const shard_actor& each : current.shards) self->send(each, atom::wire_v, handles);
    for (const worker_actor& each : current.workers) self->send(each, atom::wire_v, handles);
    self->send(current.router, atom::wire_v, handles);
    if (settings.wired)
      settings.wired(handles);
  }

  void child_down(const caf::down_msg& down) {
    const auto known = std::find_if(children.begin(), children.end(),
                                    [&](const child& each) { return each.alive == down.source; });
    if (known == children.end())
      return;
    known->alive = nullptr;
    const auto now = self->clock().now();
    const auto due = known->restarted ? *known->restarted + restart_pause : now;
    log_unexpected(name, "actor " + known->role + " died (" + describe(down.reason) + ") and is restarted" +
                             (due > now ? " after a pause" : ""));
    const auto index = static_cast<std::uint32_t>(known - children.begin());
    if (due > now)
      self->delayed_send(root_actor{self}, due - now, atom::internal_v, atom::resume_v, index);
    else
      restart(index);
  }

  void restart(std::uint32_t index) {
    child& gone = children[index];
    gone.restarted = self->clock().now();
    gone.alive = gone.spawn();
    wire();
    self->send(current.stats, atom::notify_v, gone.role);
    // A new router does not know that it shall refuse.
    if (draining)
      caf::anon_send(current.router, atom::drain_v);
  }

  void reload(const alert_configuration_ptr& configuration) {
    settings.configuration = configuration;
    self->send(current.alerts, atom::reload_v, configuration);
  }

  void tell_readiness(readiness_answer_ptr& answer) const {
    if (draining)
      return answer->deliver(readiness{false, "the server is shutting down", {}});
    answer->deliver(readiness{true, {}, quarantined == 0 ? std::string{} : quarantine_text()});
  }

  std::string quarantine_text() const {
    return std::to_string(quarantined) + (quarantined == 1 ? " damaged file was" : " damaged files were") +
           " put aside in quarantine/";
  }

  caf::result<atom::done> drain(std::chrono::milliseconds grace) {
    draining = true;
    end_simulations();
    auto promise = self->make_response_promise<atom::done>();
    self->request(current.router, grace, atom::drain_v)
        .then([promise](atom::done) mutable { promise.deliver(atom::done_v); },
              [promise](caf::error& why) mutable { promise.deliver(std::move(why)); });
    return promise;
  }

  // They would feed the router for ever; their askers are answered by their end.
  void end_simulations() {
    for (child& each : children)
      if (each.alive == current.simulator.address())
        each.alive = nullptr;
    self->send_exit(current.simulator, caf::exit_reason::user_shutdown);
  }

  void stop_children() {
    const auto end = [this](const auto& handle) { self->send_exit(handle, caf::exit_reason::user_shutdown); };
    end(current.simulator);
    end(current.snapshots);
    end(current.router);
    std::for_each(current.workers.begin(), current.workers.end(), end);
    end(current.committer);
    end(current.alerts);
    end(current.store);
    std::for_each(current.shards.begin(), current.shards.end(), end);
    end(current.merger);
    end(current.upkeep);
    end(current.blocks);
    end(current.stats);
    current = {};
  }

  root_actor::pointer self;
  root_settings settings;
  service_handles current;
  std::vector<child> children;
  bool draining = false;
  // Files put aside before the start and since.
  std::uint64_t quarantined = 0;
};

root_actor::behavior_type root(root_actor::stateful_pointer<root_state> self, root_settings settings) {
  install_guards(self, root_state::name);
  self->state.settings = std::move(settings);
  self->set_down_handler([self](caf::down_msg& down) { self->state.child_down(down); });
  self->set_exit_handler([self](caf::exit_msg& why) {
    self->state.stop_children();
    self->quit(std::move(why.reason));
  });
  self->state.start();
  return {
      [self](atom::ready, readiness_answer_ptr& answer) { self->state.tell_readiness(answer); },
      [self](atom::reload, const alert_configuration_ptr& configuration) {
        self->state.reload(configuration);
      },
      [self](atom::drain, std::uint64_t grace_ms) {
        return self->state.drain(std::chrono::milliseconds{grace_ms});
      },
      [self](atom::damaged) { ++self->state.quarantined; },
      [self](atom::internal, atom::resume, std::uint32_t child) { self->state.restart(child); },
  };
}

}  // namespace

root_actor spawn_root(caf::actor_system& system, root_settings settings) {
  return system.spawn(root, std::move(settings));
}

}  // namespace logstream
