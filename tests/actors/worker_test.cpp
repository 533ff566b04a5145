// SPDX-License-Identifier: MIT
// A worker before a real committer and real shards, and dummies of everybody else.
#include "actors/worker.hpp"

#include "actors/committer.hpp"
#include "actors/open_bundle.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/two_shards.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace logstream::test {
namespace {

struct throwing_clock final : clock {
  timestamp now() const override { throw std::runtime_error{"no time"}; }
};

struct worker_fixture {
  explicit worker_fixture(std::shared_ptr<const clock> time = nullptr) {
    worker_settings settings;
    settings.shards = 2;
    settings.unpacked_bytes = 1000;
    settings.time = time ? time : system.now();
    handles.store = system.keep(spawn_dummy(system.actors(), store));
    handles.stats = system.keep(spawn_dummy(system.actors(), stats));
    handles.alerts = system.keep(spawn_dummy(system.actors(), alerts));
    handles.shards = shards.actors;
    handles.committer = system.keep(spawn_committer(system.actors(), {}, shards.log));
    worker = system.keep(spawn_worker(system.actors(), settings));
    wire();
  }

  void wire() {
    const auto known = std::make_shared<const service_handles>(handles);
    caf::anon_send(handles.committer, atom::wire_v, known);
    system.tell(worker, atom::wire_v, known);
  }

  // Hands all bodies over as one bundle; nobody has handled it when this returns.
  void post(const std::vector<std::pair<std::string, receipt_ptr>>& bodies) {
    std::vector<ingest_job_ptr> jobs;
    for (const auto& [body, receipt] : bodies) jobs.push_back(make_job(body, receipt));
    caf::anon_send(worker, make_bundle(std::move(jobs), ended));
  }
  receipt_ptr take(const std::string& body, body_encoding encoding = body_encoding::identity) {
    auto receipt = make_receipt();
    system.tell(worker, make_bundle({make_job(body, receipt, encoding)}, ended));
    return receipt;
  }

  test_system system;
  two_shards shards{system};
  std::shared_ptr<store_log> store = std::make_shared<store_log>();
  std::shared_ptr<stats_log> stats = std::make_shared<stats_log>();
  std::shared_ptr<alerts_log> alerts = std::make_shared<alerts_log>();
  std::shared_ptr<int> ended = std::make_shared<int>(0);
  service_handles handles;
  worker_actor worker;
};

TEST_CASE("A receipt lists the ids in the order of the body, whichever shard and place the rows went to") {
  worker_fixture with;
  // Later times first, so that rows are sorted into another order than the body's.
  const auto receipt = with.take(R"({"service":")" + in_second + R"(","message":"a","timestamp":300}
{"service":")" + in_first + R"(","message":"b","timestamp":200}
{"service":")" + in_second + R"(","message":"c","timestamp":100}
)");
  REQUIRE(receipt->ok());
  REQUIRE((*receipt)->ids.size() == 3);
  CHECK(with.shards.message_of((*receipt)->ids[0]) == "a");
  CHECK(with.shards.message_of((*receipt)->ids[1]) == "b");
  CHECK(with.shards.message_of((*receipt)->ids[2]) == "c");
}

TEST_CASE("A worker hands a bundle on in one piece, and nobody is answered before it is stored") {
  worker_fixture with;
  const auto log = std::make_shared<committer_log>();
  with.handles.committer = with.system.keep(spawn_dummy(with.system.actors(), log));
  with.wire();
  const auto receipt = with.take(event_of(in_first, "a") + event_of(in_second, "b"));
  REQUIRE(log->bundles.size() == 1);
  CHECK(log->bundles[0]->batches().size() == 2);
  CHECK(receipt->times == 0);
  CHECK(*with.ended == 0);
  log->bundles.clear();
  CHECK(*with.ended == 1);
}

TEST_CASE("A worker takes the next bundle while the one before is not stored yet") {
  worker_fixture with;
  const auto log = std::make_shared<committer_log>();
  with.handles.committer = with.system.keep(spawn_dummy(with.system.actors(), log));
  with.wire();
  with.take(event_of(in_first, "a"));
  with.take(event_of(in_first, "b"));
  CHECK(log->bundles.size() == 2);
}

TEST_CASE("Bad events of a body are rejected with their line and member, the good ones are kept") {
  worker_fixture with;
  const auto receipt = with.take("{\"message\":\"good\"}\n\nnot json\n{\"message\":\"x\",\"level\":[]}\n");
  REQUIRE(receipt->ok());
  CHECK((*receipt)->accepted == 1);
  CHECK((*receipt)->rejected == 2);
  CHECK((*receipt)->ids.size() == 1);
  REQUIRE((*receipt)->rejections.size() == 2);
  CHECK((*receipt)->rejections[0].line == 3);
  CHECK((*receipt)->rejections[1].line == 4);
  CHECK((*receipt)->rejections[1].member == "level");
  CHECK(with.shards.events() == 1);
}

TEST_CASE("Rejections beyond a hundred are counted and not described") {
  worker_fixture with;
  std::string body = "{\"message\":\"good\"}\n";
  for (int i = 0; i < 150; ++i) body += "bad\n";
  const auto receipt = with.take(body);
  CHECK((*receipt)->rejected == 150);
  CHECK((*receipt)->rejections.size() == max_receipt_rejections);
}

TEST_CASE("A body of a hundred events gets their ids, a larger one only the count") {
  worker_fixture with;
  std::string body;
  for (std::size_t i = 0; i < max_receipt_ids; ++i) body += event_of(in_first, "x");
  CHECK((*with.take(body))->ids.size() == max_receipt_ids);
  const auto larger = with.take(body + event_of(in_first, "x"));
  CHECK((*larger)->accepted == max_receipt_ids + 1);
  CHECK((*larger)->ids.empty());
}

TEST_CASE("Bodies of one bundle are answered each for itself") {
  worker_fixture with;
  const auto first = make_receipt();
  const auto broken = make_receipt();
  const auto empty = make_receipt();
  const auto last = make_receipt();
  with.post({{event_of(in_first, "one") + event_of(in_second, "two"), first},
             {"nothing of use", broken},
             {"", empty},
             {event_of(in_first, "three"), last}});
  with.system.run();
  REQUIRE(first->ok());
  CHECK(with.shards.message_of((*first)->ids.at(1)) == "two");
  CHECK((*broken)->accepted == 0);
  CHECK((*broken)->rejected == 1);
  CHECK(empty->failed(errc::invalid));
  REQUIRE(last->ok());
  CHECK(with.shards.message_of((*last)->ids.at(0)) == "three");
}

TEST_CASE("A body without a good event stores nothing and still ends its bundle") {
  worker_fixture with;
  const auto receipt = with.take("bad\n");
  CHECK(receipt->ok());
  CHECK(*with.ended == 1);
  CHECK(with.store->appends.empty());
}

TEST_CASE(
    "A body that is not what its encoding says is refused as invalid, one too large unpacked as too large") {
  worker_fixture with;
  CHECK(with.take("no gzip", body_encoding::gzip)->failed(errc::invalid));
  // printf '%2000s' | gzip -9n
  const std::string packed{
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x53\x50\x18\x05\xa3\x60\x14\x8c\x82\x51"
      "\x30\x0a\x46\xc1\x50\x07\x00\x2a\xca\x16\x55\xd0\x07\x00\x00",
      35};
  CHECK(with.take(packed, body_encoding::gzip)->failed(errc::too_large));
  CHECK(*with.ended == 2);
}

TEST_CASE("An event without a time gets that of the worker's clock") {
  worker_fixture with;
  with.system.now()->set(1'234'567'890);
  const auto receipt = with.take("{\"message\":\"x\"}");
  CHECK((*receipt)->ids.at(0).time == 1'234'567'890);
}

TEST_CASE("An exception while bodies are read answers each asker as unavailable") {
  worker_fixture with{std::make_shared<throwing_clock>()};
  const auto first = make_receipt();
  const auto second = make_receipt();
  with.post({{event_of(in_first, "a"), first}, {event_of(in_first, "b"), second}});
  with.system.run();
  CHECK(first->failed(errc::unavailable));
  CHECK(second->failed(errc::unavailable));
}

TEST_CASE("A worker that dies answers the bundles it has not begun as unavailable, others are stored") {
  worker_fixture with;
  const auto handed_on = make_receipt();
  const auto waits = make_receipt();
  with.post({{event_of(in_first, "a"), handed_on}});
  caf::anon_send_exit(with.worker, caf::exit_reason::kill);
  with.post({{event_of(in_first, "b"), waits}});
  with.system.run();
  CHECK(handed_on->ok());
  CHECK(waits->failed(errc::unavailable));
  CHECK(*with.ended == 2);
}

TEST_CASE("Without a committer bodies are answered as unavailable and their bundle is over") {
  worker_fixture with;
  caf::anon_send_exit(with.handles.committer, caf::exit_reason::kill);
  with.system.run();
  CHECK(with.take(event_of(in_first, "a"))->failed(errc::unavailable));
  CHECK(*with.ended == 1);
}

TEST_CASE("A worker joins each alert manager once") {
  worker_fixture with;
  with.wire();
  REQUIRE(with.alerts->joined.size() == 1);
  CHECK(with.alerts->joined[0] == with.worker);

  const auto other = std::make_shared<alerts_log>();
  with.handles.alerts = with.system.keep(spawn_dummy(with.system.actors(), other));
  with.wire();
  with.wire();
  CHECK(with.alerts->joined.size() == 1);
  CHECK(other->joined.size() == 1);
}

TEST_CASE("Events that a rule asks for reach its actor, others do not") {
  worker_fixture with;
  alert_rule wanted;
  wanted.name = "disk";
  wanted.keyword = "disk full";
  alert_rule other;
  other.name = "never";
  other.keyword = "no such text";
  auto compiled = rule_set::compile(
      {std::make_shared<const alert_rule>(other), std::make_shared<const alert_rule>(wanted)});
  REQUIRE(compiled);
  const auto matched = std::make_shared<rule_log>();
  const auto unmatched = std::make_shared<rule_log>();
  auto routes = std::make_shared<alert_routes>();
  routes->rules = *compiled;
  routes->actors = {with.system.keep(spawn_dummy(with.system.actors(), unmatched)),
                    with.system.keep(spawn_dummy(with.system.actors(), matched))};
  with.system.tell(with.worker, alert_routes_ptr{routes});

  with.take(event_of(in_first, "disk full") + event_of(in_second, "Disk Full again") +
            event_of(in_first, "fine"));
  REQUIRE(matched->matches.size() == 1);
  std::size_t rows = 0;
  for (const group_matches& group : matched->matches[0]->groups)
    for (const matched_rows& each : group.rows) rows += each.end - each.begin;
  CHECK(rows == 2);
  CHECK(unmatched->matches.empty());
}

}  // namespace
}  // namespace logstream::test
