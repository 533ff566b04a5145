// SPDX-License-Identifier: MIT
// Actors that do what a test says.
#include "tests/http/support/fake_service.hpp"

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
#include <caf/send.hpp>
#include <nlohmann/json.hpp>

#include <utility>
#include <vector>

namespace logstream::test {

namespace {

using duties_ptr = std::shared_ptr<const fake_duties>;

template <class F, class... Args>
void perform(const F& duty, const Args&... args) {
  if (duty)
    duty(args...);
}

// The actors understand only what the HTTP layer says, whatever else their interfaces have.
caf::behavior understand(caf::event_based_actor* self, caf::message_handler what) {
  self->set_default_handler(caf::drop);
  return what;
}

caf::behavior fake_router(caf::event_based_actor* self, duties_ptr todo) {
  return understand(self, {[todo](const ingest_bundle_ptr& jobs) {
                      for (const ingest_job_ptr& each : jobs->jobs) perform(todo->ingest, each);
                    }});
}

caf::behavior fake_store(caf::event_based_actor* self, duties_ptr todo) {
  return understand(self, {[todo](const log_request_ptr& request) { perform(todo->query, request); },
                           [todo](atom::get, const event_id& id, const text_answer_ptr& to) {
                             perform(todo->one_log, id, to);
                           },
                           [todo](atom::count, const count_request_ptr& request, const count_answer_ptr& to) {
                             perform(todo->count, *request, to);
                           }});
}

caf::behavior fake_stats(caf::event_based_actor* self, duties_ptr todo) {
  return understand(self, {[todo](atom::stats, const figures_answer_ptr& to) { perform(todo->stats, to); },
                           [todo](atom::metrics, const text_answer_ptr& to) { perform(todo->metrics, to); }});
}

caf::behavior fake_simulator(caf::event_based_actor* self, duties_ptr todo) {
  return understand(self, {[todo](const simulate_request& wanted, const simulate_answer_ptr& to) {
                      perform(todo->simulate, wanted, to);
                    }});
}

caf::behavior fake_alerts(caf::event_based_actor* self, duties_ptr todo) {
  const auto tell = [todo](const char* word, const std::string& name, const json_answer_ptr& to) {
    perform(todo->alerts, std::string(word), name, to);
  };
  return understand(
      self,
      {[tell](atom::list, const json_answer_ptr& to) { tell("list", "", to); },
       [tell](atom::get, const std::string& name, const json_answer_ptr& to) { tell("get", name, to); },
       [tell](atom::add, const rule_ptr& rule, const json_answer_ptr& to) { tell("add", rule->name, to); },
       [tell](atom::put, const rule_ptr& rule, const json_answer_ptr& to) { tell("put", rule->name, to); },
       [tell](atom::erase, const std::string& name, const json_answer_ptr& to) { tell("erase", name, to); },
       [tell](atom::alerts, const json_answer_ptr& to) { tell("alerts", "", to); },
       [tell](atom::webhook, atom::list, const json_answer_ptr& to) { tell("webhook list", "", to); },
       [tell](atom::webhook, atom::add, const webhook_ptr& hook, const json_answer_ptr& to) {
         tell("webhook add", hook->url, to);
       },
       [tell](atom::webhook, atom::erase, const std::string& id, const json_answer_ptr& to) {
         tell("webhook erase", id, to);
       },
       [tell](atom::webhook, atom::test, const std::string& id, const json_answer_ptr& to) {
         tell("webhook test", id, to);
       }});
}

caf::behavior fake_snapshots(caf::event_based_actor* self, duties_ptr todo) {
  const auto tell = [todo](const char* word, const std::string& name, const json_answer_ptr& to) {
    perform(todo->snapshots, std::string(word), name, to);
  };
  return understand(
      self,
      {[tell](atom::list, const json_answer_ptr& to) { tell("list", "", to); },
       [tell](atom::add, const std::string& name, const json_answer_ptr& to) { tell("add", name, to); },
       [tell](atom::erase, const std::string& name, const json_answer_ptr& to) { tell("erase", name, to); }});
}

caf::behavior fake_root(caf::event_based_actor* self, duties_ptr todo) {
  return understand(self,
                    {[todo](atom::ready, const readiness_answer_ptr& to) { perform(todo->ready, to); }});
}

struct reader_state {
  log_request_ptr request;
  std::vector<std::string> pieces;
  std::size_t next = 0;
  std::function<void(bool)> at_end;
};

caf::behavior fake_reader(caf::event_based_actor* self, std::shared_ptr<reader_state> state) {
  return {[self, state](atom::pull) {
            const bool last = state->next + 1 == state->pieces.size();
            state->request->sink->write(std::move(state->pieces[state->next++]), last,
                                        caf::actor_cast<log_reader_actor>(self));
            if (last) {
              state->at_end(true);
              self->quit();
            }
          },
          [self, state](atom::cancel) {
            state->at_end(false);
            self->quit();
          }};
}

}  // namespace

class fake_service::implementation {
 public:
  explicit implementation(fake_duties duties) : system_(config_) {
    const auto todo = std::make_shared<const fake_duties>(std::move(duties));
    auto made = std::make_shared<service_handles>();
    made->router = spawn<router_actor>(fake_router, todo);
    made->store = spawn<store_actor>(fake_store, todo);
    made->stats = spawn<stats_actor>(fake_stats, todo);
    made->simulator = spawn<simulator_actor>(fake_simulator, todo);
    made->alerts = spawn<alert_manager_actor>(fake_alerts, todo);
    made->snapshots = spawn<snapshot_keeper_actor>(fake_snapshots, todo);
    root_ = spawn<root_actor>(fake_root, todo);
    handles_ = std::move(made);
  }

  template <class Handle>
  Handle spawn(caf::behavior (*with)(caf::event_based_actor*, duties_ptr), const duties_ptr& todo) {
    return caf::actor_cast<Handle>(system_.spawn(with, todo));
  }

  caf::actor_system_config config_;
  caf::actor_system system_;
  service_handles_ptr handles_;
  root_actor root_;
};

fake_service::fake_service(fake_duties duties)
    : implementation_(std::make_unique<implementation>(std::move(duties))) {}

fake_service::~fake_service() = default;

service_handles_ptr fake_service::handles() const {
  return implementation_->handles_;
}

root_actor fake_service::root() const {
  return implementation_->root_;
}

void fake_service::stream(const log_request_ptr& request, std::vector<std::string> pieces,
                          std::function<void(bool)> at_end) {
  auto state = std::make_shared<reader_state>();
  state->request = request;
  state->pieces = std::move(pieces);
  state->at_end = std::move(at_end);
  caf::anon_send(implementation_->system_.spawn(fake_reader, std::move(state)), atom::pull_v);
}

}  // namespace logstream::test
