// SPDX-License-Identifier: MIT
// Sums, a window of seconds, and a round of questions when somebody asks.
#include "actors/stats.hpp"

#include "actors/metrics_text.hpp"
#include "actors/stats_block.hpp"
#include "actors/support/guards.hpp"
#include "actors/throughput.hpp"
#include "messages/budget.hpp"

#include <caf/actor_system.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace logstream {

namespace {

constexpr std::chrono::seconds tick_interval{1};

// Figures that come in from several actors; whoever lets go of it last delivers what has come.
struct figures_round {
  explicit figures_round(figures_answer_ptr to) : answer(std::move(to)) {}
  figures_round(const figures_round&) = delete;
  figures_round& operator=(const figures_round&) = delete;
  ~figures_round() {
    figures.dropped = figures.ingest.lost + figures.router.refused_events;
    answer->deliver(service_figures_ptr{std::make_shared<const service_figures>(figures)});
  }

  figures_answer_ptr answer;
  service_figures figures;
};

struct stats_state {
  static inline const char* name = "stats";

  explicit stats_state(stats_actor::pointer self_pointer)
      : self(self_pointer), started(self_pointer->clock().now()) {}

  void add(const ingest_tally& tally) {
    sum += tally;
    rate.add(tally.accepted);
  }

  void gather(figures_answer_ptr answer) {
    auto round = std::make_shared<figures_round>(std::move(answer));
    service_figures& figures = round->figures;
    figures.uptime_seconds = std::chrono::duration<double>(self->clock().now() - started).count();
    figures.ingest = sum;
    figures.current_throughput = rate.per_second();
    figures.average_throughput = static_cast<double>(sum.accepted) / std::max(figures.uptime_seconds, 1e-3);
    figures.buffer_size = settings.buffer_size;
    figures.restarts = restarts;
    if (!handles)
      return;
    ask<router_figures>(handles->router, round,
                        [](service_figures& to, const router_figures& got) { to.router = got; });
    ask<store_figures>(handles->store, round,
                       [](service_figures& to, const store_figures& got) { to.store = got; });
    ask<alert_figures>(handles->alerts, round,
                       [](service_figures& to, const alert_figures& got) { to.alerts = got; });
  }

  template <class T, class Handle, class Keep>
  void ask(const Handle& whom, const std::shared_ptr<figures_round>& round, Keep keep) {
    self->request(whom, budget::figures, atom::stats_v)
        .then([round, keep](const T& got) { keep(round->figures, got); },
              [round](const caf::error& why) {
                log_unexpected(name, "figures are missing: " + describe(why));
              });
  }

  void write_metrics(const text_answer_ptr& answer) {
    gather(make_answer<service_figures_ptr>([answer](result<service_figures_ptr> figures) {
      if (figures)
        answer->deliver(metrics_text(**figures));
      else
        answer->deliver(figures.failure());
    }));
  }

  void tick() {
    self->delayed_send(stats_actor{self}, tick_interval, atom::internal_v, atom::tick_v);
    rate.tick();
    if (!settings.print || ++seconds % interval_seconds() != 0)
      return;
    gather(make_answer<service_figures_ptr>(
        [print = settings.print](const result<service_figures_ptr>& figures) {
          if (figures)
            print(stats_block(**figures));
        }));
  }

  std::uint64_t interval_seconds() const {
    return std::max<std::uint64_t>(
        1, static_cast<std::uint64_t>(
               std::chrono::duration_cast<std::chrono::seconds>(settings.interval).count()));
  }

  stats_actor::pointer self;
  caf::actor_clock::time_point started;
  stats_actor_settings settings;
  service_handles_ptr handles;
  ingest_tally sum;
  throughput rate;
  std::uint64_t seconds = 0;
  std::uint64_t restarts = 0;
};

stats_actor::behavior_type stats(stats_actor::stateful_pointer<stats_state> self,
                                 const stats_actor_settings& settings) {
  install_guards(self, stats_state::name);
  self->state.settings = settings;
  self->delayed_send(stats_actor{self}, tick_interval, atom::internal_v, atom::tick_v);
  return {
      [self](const ingest_tally_ptr& tally) { self->state.add(*tally); },
      [self](atom::notify, const std::string&) { ++self->state.restarts; },
      [self](atom::stats, figures_answer_ptr& answer) { self->state.gather(std::move(answer)); },
      [self](atom::metrics, const text_answer_ptr& answer) { self->state.write_metrics(answer); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.handles = handles; },
      [self](atom::internal, atom::tick) { self->state.tick(); },
  };
}

}  // namespace

stats_actor spawn_stats(caf::actor_system& system, const stats_actor_settings& settings) {
  return system.spawn(stats, settings);
}

}  // namespace logstream
