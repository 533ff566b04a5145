// SPDX-License-Identifier: MIT
// A worker between real shards and dummies of everybody else.
#include "actors/worker.hpp"

#include "actors/shard.hpp"
#include "engine/store/memory_shard.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/jobs.hpp"
#include "tests/actors/support/test_system.hpp"

#include <catch2/catch.hpp>

#include <stdexcept>

namespace logstream::test {
namespace {

// Services whose streams hash to the first and the second of two shards; the fixture checks it.
std::string service_of_shard(std::uint32_t wanted) {
  for (int i = 0;; ++i) {
    std::string service = "service-" + std::to_string(i);
    batch_builder builder{2};
    builder.begin_row();
    builder.set_stream(service, level::info);
    builder.end_row();
    if (builder.build().front().shard == wanted)
      return service;
  }
}

std::string event_of(const std::string& service, const std::string& message) {
  return R"({"level":"info","service":")" + service + R"(","message":")" + message + "\"}\n";
}

struct throwing_clock final : clock {
  timestamp now() const override { throw std::runtime_error{"no time"}; }
};

struct worker_fixture {
  explicit worker_fixture(std::shared_ptr<const clock> time = nullptr) {
    worker_settings settings;
    settings.index = 7;
    settings.shards = 2;
    settings.unpacked_bytes = 1000;
    settings.time = time ? time : system.now();
    handles.router = system.keep(spawn_dummy(system.actors(), router));
    handles.store = system.keep(spawn_dummy(system.actors(), store));
    handles.stats = system.keep(spawn_dummy(system.actors(), stats));
    handles.alerts = system.keep(spawn_dummy(system.actors(), alerts));
    for (std::uint8_t i = 0; i < 2; ++i) {
      data.push_back(std::make_shared<memory_shard>(origin{0, i}));
      handles.shards.push_back(system.keep(spawn_shard(system.actors(), data.back())));
    }
    worker = system.keep(spawn_worker(system.actors(), settings));
    wire();
  }

  void wire() { system.tell(worker, atom::wire_v, std::make_shared<const service_handles>(handles)); }
  void put_in_place_of_shard(std::size_t index, shard_actor other) {
    handles.shards[index] = system.keep(std::move(other));
    wire();
  }

  // Hands all bodies over as one bundle; nobody has handled it when this returns.
  void post(const std::vector<std::pair<std::string, receipt_ptr>>& bodies) {
    auto bundle = std::make_shared<ingest_bundle>();
    for (const auto& [body, receipt] : bodies) bundle->jobs.push_back(make_job(body, receipt));
    caf::anon_send(worker, std::move(bundle));
  }
  receipt_ptr take(const std::string& body, body_encoding encoding = body_encoding::identity) {
    auto receipt = make_receipt();
    auto bundle = std::make_shared<ingest_bundle>();
    bundle->jobs.push_back(make_job(body, receipt, encoding));
    system.tell(worker, std::move(bundle));
    return receipt;
  }

  std::string message_of(const event_id& id) const {
    for (const part& each : data[id.from.shard]->candidates({}))
      for (std::uint32_t row = 0; row < each.rows->rows(); ++row)
        if (each.rows->id(row) == id)
          return std::string{each.rows->message(row)};
    return "";
  }
  std::uint64_t stored() const { return data[0]->figures().events + data[1]->figures().events; }

  test_system system;
  std::shared_ptr<router_log> router = std::make_shared<router_log>();
  std::shared_ptr<store_log> store = std::make_shared<store_log>();
  std::shared_ptr<stats_log> stats = std::make_shared<stats_log>();
  std::shared_ptr<alerts_log> alerts = std::make_shared<alerts_log>();
  std::vector<std::shared_ptr<memory_shard>> data;
  service_handles handles;
  worker_actor worker;
};

const std::string in_first = service_of_shard(0);
const std::string in_second = service_of_shard(1);

TEST_CASE("A receipt lists the ids in the order of the body, whichever shard and place the rows went to") {
  worker_fixture with;
  // Later times first, so that rows are sorted into another order than the body's.
  const auto receipt = with.take(R"({"service":")" + in_second + R"(","message":"a","timestamp":300}
{"service":")" + in_first + R"(","message":"b","timestamp":200}
{"service":")" + in_second + R"(","message":"c","timestamp":100}
)");
  REQUIRE(receipt->ok());
  REQUIRE((*receipt)->ids.size() == 3);
  CHECK(with.message_of((*receipt)->ids[0]) == "a");
  CHECK(with.message_of((*receipt)->ids[1]) == "b");
  CHECK(with.message_of((*receipt)->ids[2]) == "c");
}

TEST_CASE("A receipt is given only when every batch is stored") {
  worker_fixture with;
  with.put_in_place_of_shard(1, spawn_silent_shard(with.system.actors()));
  const auto receipt = with.take(event_of(in_first, "a") + event_of(in_second, "b"));
  CHECK(with.data[0]->figures().events == 1);
  CHECK(receipt->times == 0);
  CHECK(with.router->done.empty());
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
  CHECK(with.stored() == 1);
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
  CHECK(with.message_of((*first)->ids.at(1)) == "two");
  CHECK((*broken)->accepted == 0);
  CHECK((*broken)->rejected == 1);
  CHECK(empty->failed(errc::invalid));
  REQUIRE(last->ok());
  CHECK(with.message_of((*last)->ids.at(0)) == "three");
}

TEST_CASE("The router hears once of each bundle, the store of its rows, the statistics of its figures") {
  worker_fixture with;
  const std::string body = event_of(in_first, "one") + event_of(in_second, "two") + "bad\n";
  with.take(body);
  CHECK(with.router->done == std::vector<std::uint32_t>{7});
  REQUIRE(with.store->appends.size() == 1);
  CHECK(with.store->appends[0].first == 2);
  CHECK(with.store->appends[0].second == with.data[0]->figures().bytes + with.data[1]->figures().bytes);
  REQUIRE(with.stats->tallies.size() == 1);
  const ingest_tally& tally = *with.stats->tallies[0];
  CHECK(tally.requests == 1);
  CHECK(tally.accepted == 2);
  CHECK(tally.rejected == 1);
  CHECK(tally.lost == 0);
  CHECK(tally.bytes == body.size());
  CHECK(tally.by_level[static_cast<std::size_t>(level::info)] == 2);
}

TEST_CASE("A body without a good event stores nothing and still ends its bundle") {
  worker_fixture with;
  const auto receipt = with.take("bad\n");
  CHECK(receipt->ok());
  CHECK(with.router->done.size() == 1);
  CHECK(with.store->appends.empty());
}

TEST_CASE("A shard that is dead fails exactly the bodies that have rows in it") {
  worker_fixture with;
  caf::anon_send_exit(with.handles.shards[1], caf::exit_reason::kill);
  with.system.run();
  const auto whole = make_receipt();
  const auto partly = make_receipt();
  const auto lost = make_receipt();
  with.post({{event_of(in_first, "a"), whole},
             {event_of(in_first, "b") + event_of(in_second, "c"), partly},
             {event_of(in_second, "d"), lost}});
  with.system.run();
  CHECK(whole->ok());
  CHECK(partly->failed(errc::unavailable));
  CHECK(lost->failed(errc::unavailable));

  const ingest_tally& tally = *with.stats->tallies.at(0);
  CHECK(tally.accepted == 1);
  CHECK(tally.lost == 3);
  CHECK(with.router->done.size() == 1);
}

TEST_CASE("The store hears of every row that is stored, also of bodies that failed") {
  worker_fixture with;
  caf::anon_send_exit(with.handles.shards[1], caf::exit_reason::kill);
  with.system.run();
  CHECK(with.take(event_of(in_first, "b") + event_of(in_second, "c"))->failed(errc::unavailable));
  REQUIRE(with.store->appends.size() == 1);
  CHECK(with.store->appends[0].first == with.data[0]->figures().events);
}

TEST_CASE("A large body fails as a whole when one of its batches is not stored") {
  worker_fixture with;
  caf::anon_send_exit(with.handles.shards[1], caf::exit_reason::kill);
  std::string body;
  for (int i = 0; i < 150; ++i) body += event_of(i % 2 == 0 ? in_first : in_second, "x");
  CHECK(with.take(body)->failed(errc::unavailable));
  CHECK(with.stats->tallies.at(0)->lost == 150);
}

TEST_CASE("A shard that dies of a batch fails its bodies at once") {
  worker_fixture with;
  with.put_in_place_of_shard(0, spawn_throwing_shard(with.system.actors()));
  CHECK(with.take(event_of(in_first, "a"))->failed(errc::unavailable));
}

TEST_CASE("A shard that does not answer fails its bodies after ten seconds") {
  worker_fixture with;
  with.put_in_place_of_shard(0, spawn_silent_shard(with.system.actors()));
  const auto receipt = with.take(event_of(in_first, "a"));
  with.system.advance(std::chrono::seconds{9});
  CHECK(receipt->times == 0);
  with.system.advance(std::chrono::seconds{2});
  CHECK(receipt->failed(errc::unavailable));
  CHECK(with.router->done.size() == 1);
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
  CHECK(with.router->done.size() == 2);
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

TEST_CASE("A worker that dies answers the bundles it has not begun as unavailable") {
  worker_fixture with;
  with.put_in_place_of_shard(0, spawn_silent_shard(with.system.actors()));
  const auto begun = with.take(event_of(in_first, "a"));
  const auto waits = make_receipt();
  caf::anon_send_exit(with.worker, caf::exit_reason::kill);
  with.post({{event_of(in_first, "b"), waits}});
  with.system.run();
  CHECK(begun->failed(errc::unavailable));
  CHECK(waits->failed(errc::unavailable));
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
