// SPDX-License-Identifier: MIT
// How a long answer is cut into pieces that a slow client can take.
#include "http/log_stream.hpp"

#include "tests/http/support/fake_exchange.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scheduler/test_coordinator.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;
using test::fake_exchange;

namespace {

struct counts {
  int pulls = 0;
  int cancels = 0;
};

log_reader_actor::behavior_type counting_reader(log_reader_actor::pointer, std::shared_ptr<counts> seen) {
  return {[seen](atom::pull) { ++seen->pulls; }, [seen](atom::cancel) { ++seen->cancels; },
          [](atom::internal, atom::resume) {}, [](atom::internal, atom::tick) {}};
}

struct testing_config : caf::actor_system_config {
  testing_config() { set("scheduler.policy", caf::atom("testing")); }
};

struct streaming {
  // An actor that never ran would keep the system from ending.
  ~streaming() { run(); }

  void run() {
    auto& scheduler = dynamic_cast<caf::scheduler::test_coordinator&>(system.scheduler());
    while (scheduler.try_run_once()) {
    }
  }

  testing_config config;
  caf::actor_system system{config};
  std::shared_ptr<counts> seen = std::make_shared<counts>();
  log_reader_actor reader = system.spawn(counting_reader, seen);
  std::shared_ptr<fake_exchange> request = fake_exchange::make(method::get, "/logs");
  std::unique_ptr<log_sink> sink = make_log_stream(request, media::json);
};

}  // namespace

TEST_CASE_METHOD(streaming, "an answer of one piece is sent whole") {
  sink->write("all", true, reader);
  REQUIRE(request->sent.size() == 1);
  CHECK(request->sent[0].status == 200);
  CHECK(request->sent[0].media_type == media::json);
  CHECK(request->sent[0].body == "all");
  sink.reset();
  CHECK(request->sent.size() == 1);
}

TEST_CASE_METHOD(streaming, "the reader is asked for more only when a piece has left") {
  sink->write("one", false, reader);
  CHECK(request->begun->media_type == media::json);
  run();
  CHECK(seen->pulls == 0);
  request->written(true);
  run();
  CHECK(seen->pulls == 1);
  sink->write("two", false, reader);
  request->written(true);
  run();
  CHECK(seen->pulls == 2);
  sink->write("three", true, reader);
  CHECK(request->pieces == std::vector<std::string>{"one", "two", "three"});
  CHECK(request->ended);
  sink.reset();
  CHECK_FALSE(request->was_cut);
}

TEST_CASE_METHOD(streaming, "a client that is gone cancels the reader") {
  sink->write("one", false, reader);
  request->written(false);
  run();
  CHECK(seen->pulls == 0);
  CHECK(seen->cancels == 1);
}

TEST_CASE_METHOD(streaming, "a failure before the first piece is a problem, a later one cuts the answer") {
  SECTION("before") {
    sink->fail(make_error(errc::timeout, "too long"));
    REQUIRE(request->sent.size() == 1);
    CHECK(request->sent[0].status == 504);
  }
  SECTION("later") {
    sink->write("one", false, reader);
    sink->fail(make_error(errc::timeout, "too long"));
    CHECK(request->was_cut);
    CHECK(request->sent.empty());
  }
}

TEST_CASE_METHOD(streaming, "a sink that is dropped does not leave the client waiting") {
  SECTION("before the first piece") {
    sink.reset();
    REQUIRE(request->sent.size() == 1);
    CHECK(request->sent[0].status == 503);
  }
  SECTION("in the middle") {
    sink->write("one", false, reader);
    sink.reset();
    CHECK(request->was_cut);
    CHECK_FALSE(request->ended);
  }
}
