// SPDX-License-Identifier: MIT
// Which jobs travel together.
#include "http/io/ingest_outbox.hpp"

#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/test_system.hpp"

#include <asio/post.hpp>
#include <caf/event_based_actor.hpp>
#include <catch2/catch.hpp>

using namespace logstream;
using namespace logstream::http;
using namespace logstream::test;

namespace {

// How many jobs came in each message.
using message_sizes = std::shared_ptr<std::vector<std::size_t>>;

caf::behavior noting_router(caf::event_based_actor*, const message_sizes& sizes) {
  return {[sizes](const ingest_bundle_ptr& jobs) { sizes->push_back(jobs->jobs.size()); }};
}

struct outbox_fixture {
  void put() { outbox.put(make_job("{}", make_receipt()), router); }
  // One turn of the I/O thread, and what follows from it.
  void run() {
    context.restart();
    context.run();
    system.run();
  }

  test_system system;
  message_sizes sizes = std::make_shared<std::vector<std::size_t>>();
  router_actor router =
      caf::actor_cast<router_actor>(system.keep(system.actors().spawn(noting_router, sizes)));
  asio::io_context context;
  ingest_outbox outbox{context};
};

}  // namespace

TEST_CASE_METHOD(outbox_fixture,
                 "jobs put in one turn travel in one message, those of a later turn in another") {
  put();
  put();
  put();
  system.run();
  CHECK(sizes->empty());
  run();
  CHECK(*sizes == std::vector<std::size_t>{3});
  put();
  run();
  CHECK(*sizes == std::vector<std::size_t>{3, 1});
  run();
  CHECK(sizes->size() == 2);
}

TEST_CASE_METHOD(outbox_fixture, "a job is not sent before what was ready when it was put is read") {
  asio::post(context, [this] { put(); });
  asio::post(context, [this] { put(); });
  run();
  CHECK(*sizes == std::vector<std::size_t>{2});
}

TEST_CASE("jobs that are never sent are answered as unavailable") {
  const auto receipt = make_receipt();
  asio::io_context context;
  {
    ingest_outbox outbox{context};
    outbox.put(make_job("{}", receipt), router_actor{});
  }
  CHECK(receipt->failed(errc::unavailable));
}
