// SPDX-License-Identifier: MIT
// A queue of jobs, a slot for each worker, sums of what is in flight.
#include "actors/router.hpp"

#include "actors/support/guards.hpp"

#include <caf/actor_addr.hpp>
#include <caf/actor_system.hpp>
#include <caf/response_promise.hpp>
#include <caf/send.hpp>
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
// While a worker reads small bodies, others wait for its end until there are so many that a second worker is
// worth waking: the fewer bundles, the less each body costs.
constexpr std::size_t worthwhile_jobs = 64;
constexpr std::size_t worthwhile_bytes = 64 * 1024;
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
    // A dead worker is handed nothing: it would end each bundle at once and always be idle.
    bool alive = false;
    // The number of its bundle, 0 if it has none.
    std::uint64_t bundle = 0;
    // Busy with small bodies only, so that it will not be for long.
    bool quick = false;
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
    bytes_waiting += job->body.size();
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

  void admit_all(ingest_bundle& from) {
    for (ingest_job_ptr& each : from.jobs) admit(each);
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
      if (waiting.empty() || (quick_bundles != 0 && !worthwhile()))
        return;
      if (each.bundle == 0 && each.alive)
        hand_to(each);
    }
  }

  bool worthwhile() const { return waiting.size() >= worthwhile_jobs || bytes_waiting >= worthwhile_bytes; }

  void hand_to(slot& to) {
    auto bundle = std::make_shared<ingest_bundle>();
    to.quick = true;
    while (!waiting.empty() && bundle->jobs.size() < most_bundle_jobs &&
           (bundle->jobs.empty() || to.bytes + waiting.front()->body.size() <= most_bundle_bytes)) {
      const ingest_job& next = *waiting.front();
      ++to.requests;
      to.bytes += next.body.size();
      figures.events_waiting -= assumed_events(next);
      bytes_waiting -= next.body.size();
      to.quick = to.quick && next.encoding == body_encoding::identity && next.body.size() < large_body;
      bundle->jobs.push_back(std::move(waiting.front()));
      waiting.pop_front();
    }
    to.bundle = ++last_bundle;
    bundle->on_end =
        std::shared_ptr<const void>(nullptr, [router = router_actor{self}, number = to.bundle](const void*) {
          caf::anon_send(router, atom::done_v, number);
        });
    quick_bundles += to.quick ? 1 : 0;
    self->send(to.worker, std::move(bundle));
  }

  void release(slot& from) {
    figures.requests_in_flight -= std::exchange(from.requests, 0);
    figures.bytes_in_flight -= std::exchange(from.bytes, 0);
    from.bundle = 0;
    quick_bundles -= std::exchange(from.quick, false) ? 1 : 0;
  }

  void finished(std::uint64_t bundle) {
    const auto of = std::find_if(slots.begin(), slots.end(),
                                 [bundle](const slot& each) { return each.bundle == bundle; });
    if (of == slots.end())
      return;
    release(*of);
    hand_out();
    tell_drained();
  }

  void rewire(const service_handles& handles) {
    slots.resize(handles.workers.size());
    for (std::size_t i = 0; i < slots.size(); ++i) {
      slot& each = slots[i];
      if (each.worker == handles.workers[i])
        continue;
      // A bundle that the one before left behind ends like any other.
      each.worker = handles.workers[i];
      each.alive = true;
      self->monitor(each.worker);
    }
    hand_out();
  }

  void worker_down(const caf::actor_addr& who) {
    for (slot& each : slots)
      if (each.worker == who)
        each.alive = false;
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
  std::uint64_t bytes_waiting = 0;
  std::uint64_t quick_bundles = 0;
  std::uint64_t last_bundle = 0;
  bool flush_sent = false;
  bool draining = false;
  std::vector<caf::typed_response_promise<atom::done>> drained;
  router_figures figures;
};

router_actor::behavior_type router(router_actor::stateful_pointer<router_state> self,
                                   const router_settings& settings) {
  install_guards(self, router_state::name);
  self->state.settings = settings;
  self->set_down_handler([self](caf::down_msg& down) { self->state.worker_down(down.source); });
  return {
      [self](ingest_job_ptr& job) { self->state.admit(job); },
      [self](const ingest_bundle_ptr& jobs) { self->state.admit_all(*jobs); },
      [self](atom::done, std::uint64_t bundle) { self->state.finished(bundle); },
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
