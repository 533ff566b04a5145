// SPDX-License-Identifier: MIT
// A window of bodies in flight for each simulation, paced where a rate is asked for.
#include "actors/simulator.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_clock.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

namespace logstream {

namespace {

using time_point = caf::actor_clock::time_point;

constexpr std::size_t events_per_body = 1'000;
constexpr std::size_t bodies_in_flight = 4;
// Bodies of a paced simulation are made this often, and refused ones are tried again after as long.
constexpr std::chrono::milliseconds pace{20};

struct simulation {
  simulation(const simulate_request& what, simulate_answer_ptr to, time_point now)
      : events(what.events), rate(what.rate), answer(std::move(to)), started(now) {}

  double seconds(time_point now) const { return std::chrono::duration<double>(now - started).count(); }

  // How many events may be sent now.
  std::size_t due(time_point now) const {
    if (rate == 0)
      return events_per_body;
    const auto allowed = static_cast<std::uint64_t>(seconds(now) * static_cast<double>(rate));
    return allowed > made ? std::min<std::size_t>(events_per_body, allowed - made) : 0;
  }

  event_generator events;
  std::uint64_t rate;
  simulate_answer_ptr answer;
  time_point started;
  std::uint64_t made = 0;
  std::size_t in_flight = 0;
  bool timer_set = false;
  simulate_report report;
};

struct simulator_state {
  static inline const char* name = "simulator";

  explicit simulator_state(simulator_actor::pointer self_pointer) : self(self_pointer) {}

  void start(simulate_request& what, simulate_answer_ptr& answer) {
    if (!handles)
      return answer->deliver(make_error(errc::unavailable, "the server is starting"));
    if (running.size() >= settings.max_running)
      return answer->deliver(make_error(errc::overloaded, "too many simulations are running"));
    if (what.rate != 0) {
      what.events.step = nanoseconds_per_second / static_cast<std::int64_t>(what.rate);
      what.events.start = settings.time->now();
    } else {
      what.events.end_at(settings.time->now());
    }
    const std::uint64_t number = ++last_number;
    go_on(number, running.try_emplace(number, what, std::move(answer), self->clock().now()).first->second);
  }

  void go_on(std::uint64_t number, simulation& of) {
    while (of.in_flight < bodies_in_flight && of.events.remaining() != 0) {
      const std::size_t due = of.due(self->clock().now());
      if (due == 0)
        return wait(number, of);
      auto body = std::make_shared<std::string>();
      of.made += of.events.append(*body, due);
      ++of.in_flight;
      send_body(number, std::move(body));
    }
    if (of.in_flight == 0 && of.events.remaining() == 0)
      finish(number, of);
  }

  void wait(std::uint64_t number, simulation& of) {
    if (std::exchange(of.timer_set, true))
      return;
    self->delayed_send(simulator_actor{self}, pace, atom::internal_v, atom::tick_v, number);
  }

  void send_body(std::uint64_t number, body_ptr body) {
    auto job = std::make_shared<ingest_job>();
    job->body = *body;
    job->owner = body;
    job->received = std::chrono::steady_clock::now();
    job->reply = make_answer<ingest_receipt>(
        [to = simulator_actor{self}, number, body = std::move(body)](const result<ingest_receipt>& taken) {
          if (taken)
            caf::anon_send(to, atom::done_v, number, taken->accepted, taken->rejected);
          else
            caf::anon_send(to, atom::put_v, number, body);
        });
    self->send(handles->router, std::move(job));
  }

  void taken(std::uint64_t number, std::uint64_t accepted, std::uint64_t rejected) {
    const auto known = running.find(number);
    if (known == running.end())
      return;
    simulation& of = known->second;
    --of.in_flight;
    of.report.count += accepted;
    of.report.rejected += rejected;
    go_on(number, of);
  }

  void refused(std::uint64_t number, const body_ptr& body) {
    if (running.contains(number))
      self->delayed_send(simulator_actor{self}, pace, atom::internal_v, atom::put_v, number, body);
  }

  void resume(std::uint64_t number) {
    const auto known = running.find(number);
    if (known == running.end())
      return;
    known->second.timer_set = false;
    go_on(number, known->second);
  }

  void finish(std::uint64_t number, simulation& of) {
    of.report.seconds = of.seconds(self->clock().now());
    of.answer->deliver(of.report);
    running.erase(number);
  }

  simulator_actor::pointer self;
  simulator_settings settings;
  service_handles_ptr handles;
  std::uint64_t last_number = 0;
  std::map<std::uint64_t, simulation> running;
};

simulator_actor::behavior_type simulator(simulator_actor::stateful_pointer<simulator_state> self,
                                         const simulator_settings& settings) {
  install_guards(self, simulator_state::name);
  self->state.settings = settings;
  return {
      [self](simulate_request& what, simulate_answer_ptr& answer) { self->state.start(what, answer); },
      [self](atom::done, std::uint64_t number, std::uint64_t accepted, std::uint64_t rejected) {
        self->state.taken(number, accepted, rejected);
      },
      [self](atom::put, std::uint64_t number, const body_ptr& body) { self->state.refused(number, body); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.handles = handles; },
      [self](atom::internal, atom::put, std::uint64_t number, const body_ptr& body) {
        self->state.send_body(number, body);
      },
      [self](atom::internal, atom::tick, std::uint64_t number) { self->state.resume(number); },
  };
}

}  // namespace

simulator_actor spawn_simulator(caf::actor_system& system, const simulator_settings& settings) {
  return system.spawn(simulator, settings);
}

}  // namespace logstream
