// SPDX-License-Identifier: MIT
// A queue of jobs, a slot for each worker, sums of what is in flight.
#include "actors/router.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_system.hpp>
#include <caf/response_promise.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <algorithm>
#include <deque>
#include <utility>

namespace logstream {

namespace {

// Bodies handed to one worker together: enough to make a batch worth its cost, little enough to answer soon.
constexpr std::size_t most_bundle_bytes = 256 * 1024;
constexpr std::size_t most_bundle_jobs = 256;
constexpr std::size_t large_body = 64 * 1024;
// What an event is taken to be long, for the bound on waiting events.
constexpr std::size_t assumed_event_bytes = 256;

std::uint64_t assumed_events(const ingest_job& job) {
  return 1 + job.body.size() / assumed_event_bytes;
}

// The events of a body that is refused, told from its lines: nobody has parsed it.
std::uint64_t refused_events(const ingest_job& job) {
  if (job.encoding != body_encoding::identity)
    return 1;
  const auto lines = static_cast<std::uint64_t>(std::count(job.body.begin(), job.body.end(), '\n'));
  return lines + (job.body.ends_with('\n') ? 0 : 1);
}

struct router_state {
  static inline const char* name = "router";

  struct slot {
    worker_actor worker;
    bool busy = false;
    std::uint64_t requests = 0;
    std::uint64_t bytes = 0;
  };

  explicit router_state(router_actor::pointer self_pointer) : self(self_pointer) {}

  void admit(ingest_job_ptr& job) {
    if (draining)
      return job->reply->deliver(make_error(errc::unavailable, "the server is shutting down"));
    const std::uint64_t events = assumed_events(*job);
    const bool full = figures.requests_in_flight >= settings.max_requests_in_flight ||
                      (figures.bytes_in_flight != 0 &&
                       figures.bytes_in_flight + job->body.size() > settings.max_bytes_in_flight) ||
                      (figures.events_waiting != 0 && figures.events_waiting + events > settings.buffer_size);
    if (full)
      return refuse(*job);
    ++figures.requests_in_flight;
    figures.bytes_in_flight += job->body.size();
    figures.events_waiting += events;
    const bool large = job->body.size() >= large_body;
    waiting.push_back(std::move(job));
    // A large body gains nothing from company.
    if (large)
      return hand_out();
    // Everything that is in the mailbox by now is admitted before it is handed out together.
    if (!flush_sent) {
      flush_sent = true;
      self->send(self, atom::internal_v, atom::flush_v);
    }
  }

  void refuse(ingest_job& job) {
    ++figures.refused_requests;
    figures.refused_events += refused_events(job);
    job.reply->deliver(make_error(errc::overloaded, "too many events are waiting"));
  }

  void flush() {
    flush_sent = false;
    hand_out();
  }

  void hand_out() {
    for (slot& each : slots) {
      if (waiting.empty())
        return;
      if (!each.busy && each.worker)
        hand_to(each);
    }
  }

  void hand_to(slot& to) {
    auto bundle = std::make_shared<ingest_bundle>();
    while (!waiting.empty() && bundle->jobs.size() < most_bundle_jobs &&
           (bundle->jobs.empty() || to.bytes + waiting.front()->body.size() <= most_bundle_bytes)) {
      const ingest_job& next = *waiting.front();
      ++to.requests;
      to.bytes += next.body.size();
      figures.events_waiting -= assumed_events(next);
      bundle->jobs.push_back(std::move(waiting.front()));
      waiting.pop_front();
    }
    to.busy = true;
    self->send(to.worker, std::move(bundle));
  }

  void release(slot& from) {
    figures.requests_in_flight -= std::exchange(from.requests, 0);
    figures.bytes_in_flight -= std::exchange(from.bytes, 0);
    from.busy = false;
  }

  void finished(std::uint32_t index) {
    if (index >= slots.size() || !slots[index].busy)
      return;
    release(slots[index]);
    if (!waiting.empty())
      hand_to(slots[index]);
    tell_drained();
  }

  void rewire(const service_handles& handles) {
    slots.resize(handles.workers.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i].worker == handles.workers[i])
        continue;
      // The one that is gone took its bundle with it; its jobs were answered by their destruction.
      release(slots[i]);
      slots[i].worker = handles.workers[i];
    }
    hand_out();
    tell_drained();
  }

  caf::result<atom::done> drain() {
    draining = true;
    auto promise = self->make_response_promise<atom::done>();
    drained.push_back(promise);
    tell_drained();
    return promise;
  }

  void tell_drained() {
    if (figures.requests_in_flight != 0)
      return;
    for (auto& each : std::exchange(drained, {})) each.deliver(atom::done_v);
  }

  router_actor::pointer self;
  router_settings settings;
  std::vector<slot> slots;
  std::deque<ingest_job_ptr> waiting;
  bool flush_sent = false;
  bool draining = false;
  std::vector<caf::typed_response_promise<atom::done>> drained;
  router_figures figures;
};

router_actor::behavior_type router(router_actor::stateful_pointer<router_state> self,
                                   const router_settings& settings) {
  install_guards(self, router_state::name);
  self->state.settings = settings;
  return {
      [self](ingest_job_ptr& job) { self->state.admit(job); },
      [self](atom::done, std::uint32_t worker) { self->state.finished(worker); },
      [self](atom::stats) { return self->state.figures; },
      [self](atom::drain) { return self->state.drain(); },
      [self](atom::wire, const service_handles_ptr& handles) { self->state.rewire(*handles); },
      [self](atom::internal, atom::flush) { self->state.flush(); },
  };
}

}  // namespace

router_actor spawn_router(caf::actor_system& system, const router_settings& settings) {
  return system.spawn(router, settings);
}

}  // namespace logstream
