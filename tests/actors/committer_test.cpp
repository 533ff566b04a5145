// SPDX-License-Identifier: MIT
// What the committer does with bundles, and what becomes of them when somebody dies.
#include "actors/committer.hpp"

#include "actors/open_bundle.hpp"
#include "tests/actors/support/dummies.hpp"
#include "tests/actors/support/requests.hpp"
#include "tests/actors/support/two_shards.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace logstream::test {
namespace {

struct committer_fixture {
  committer_fixture() {
    handles.store = system.keep(spawn_dummy(system.actors(), store));
    handles.stats = system.keep(spawn_dummy(system.actors(), stats));
    start();
  }

  void start() {
    handles.committer = system.keep(spawn_committer(system.actors(), shards.numbers));
    wire();
  }
  void wire() {
    handles.shards = shards.actors;
    system.tell(handles.committer, atom::wire_v, std::make_shared<const service_handles>(handles));
  }
  // The committer is told to die; it has not when this returns.
  void post_kill() { caf::anon_send_exit(handles.committer, caf::exit_reason::kill); }

  // Hands over, as a worker does, a bundle of one body; nobody has handled it when this returns.
  void post(ingest_job_ptr job) {
    auto open = std::make_shared<open_bundle>(make_bundle({std::move(job)}, ended));
    open->read(decoder, system.now()->now(), 1'000, builder);
    open->build(builder);
    caf::anon_send(handles.committer, std::move(open));
  }
  receipt_ptr post(const std::string& body) {
    auto receipt = make_receipt();
    post(make_job(body, receipt));
    return receipt;
  }
  receipt_ptr commit(const std::string& body) {
    auto receipt = post(body);
    system.run();
    return receipt;
  }

  std::vector<std::uint64_t> sequences(std::size_t shard) const {
    std::vector<std::uint64_t> all;
    for (const part& each : shards.data[shard]->candidates({}))
      for (std::uint32_t row = 0; row < each.rows->rows(); ++row) all.push_back(each.rows->id(row).sequence);
    std::sort(all.begin(), all.end());
    return all;
  }

  test_system system;
  two_shards shards{system};
  std::shared_ptr<store_log> store = std::make_shared<store_log>();
  std::shared_ptr<stats_log> stats = std::make_shared<stats_log>();
  std::shared_ptr<int> ended = std::make_shared<int>(0);
  service_handles handles;
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{2};
};

const std::string in_both = event_of(in_first, "a") + event_of(in_second, "b");
using number_list = std::vector<std::uint64_t>;

TEST_CASE("Who asks the shards once a body is answered finds its rows") {
  committer_fixture with;
  std::vector<std::shared_ptr<pending<snapshot_ptr>>> asked;
  auto job = make_job(in_both, make_receipt());
  job->reply = make_answer<ingest_receipt>([&](const result<ingest_receipt>&) {
    for (const shard_actor& each : with.shards.actors)
      asked.push_back(ask_later<snapshot_ptr>(with.system.actors(), each, atom::snapshot_v, row_filter{}));
  });
  with.post(std::move(job));
  with.system.run();
  REQUIRE(asked.size() == 2);
  for (const auto& each : asked) {
    REQUIRE(each->value);
    CHECK((*each->value)->size() == 1);
  }
}

TEST_CASE("Bundles that come together are committed together, with one message to each shard") {
  committer_fixture with;
  std::vector<std::shared_ptr<shard_log>> logs;
  for (shard_actor& each : with.shards.actors) {
    logs.push_back(std::make_shared<shard_log>());
    each = with.system.keep(spawn_dummy(with.system.actors(), logs.back()));
  }
  with.wire();
  for (int i = 0; i < 3; ++i) with.post(in_both);
  with.system.run();
  for (const auto& each : logs) {
    REQUIRE(each->handed.size() == 1);
    CHECK(each->handed[0]->take().size() == 3);
  }
  CHECK(with.store->appends.size() == 1);
  CHECK(with.stats->tallies.size() == 1);
  with.commit(event_of(in_first, "later"));
  CHECK(logs[0]->handed.size() == 2);
  CHECK(logs[1]->handed.size() == 1);
  logs[0]->handed.back()->take();
}

TEST_CASE("Rows have the ids their askers are told, counted without gaps for each shard") {
  committer_fixture with;
  std::vector<receipt_ptr> receipts;
  for (int i = 0; i < 3; ++i) receipts.push_back(with.post(in_both + event_of(in_first, "c")));
  with.system.run();
  receipts.push_back(with.commit(in_both));
  for (const auto& each : receipts) {
    REQUIRE(each->ok());
    CHECK(with.shards.message_of((*each)->ids.at(0)) == "a");
    CHECK(with.shards.message_of((*each)->ids.at(1)) == "b");
  }
  CHECK(with.sequences(0) == number_list{0, 1, 2, 3, 4, 5, 6});
  CHECK(with.sequences(1) == number_list{0, 1, 2, 3});
}

TEST_CASE("A committer in the place of one that died numbers on") {
  committer_fixture with;
  with.commit(in_both);
  with.post_kill();
  const auto lost = with.commit(in_both);
  with.start();
  const auto receipt = with.commit(in_both);
  CHECK(lost->failed(errc::unavailable));
  REQUIRE(receipt->ok());
  CHECK((*receipt)->ids[0].sequence == 1);
  CHECK(with.sequences(0) == number_list{0, 1});
}

TEST_CASE("The store hears of rows and bytes, the statistics of every figure, the router of the end") {
  committer_fixture with;
  const std::string body = in_both + "bad\n";
  with.commit(body);
  REQUIRE(with.store->appends.size() == 1);
  CHECK(with.store->appends[0].first == 2);
  CHECK(with.store->appends[0].second == with.shards.bytes());
  REQUIRE(with.stats->tallies.size() == 1);
  const ingest_tally& tally = *with.stats->tallies[0];
  CHECK(tally.requests == 1);
  CHECK(tally.accepted == 2);
  CHECK(tally.rejected == 1);
  CHECK(tally.lost == 0);
  CHECK(tally.bytes == body.size());
  CHECK(tally.by_level[static_cast<std::size_t>(level::info)] == 2);
  CHECK(*with.ended == 1);
}

TEST_CASE("Bundles without a good event are answered and counted, and the store does not hear of them") {
  committer_fixture with;
  const auto broken = with.post("bad\n");
  const auto empty = with.post("");
  with.system.run();
  CHECK((*broken)->rejected == 1);
  CHECK(empty->failed(errc::invalid));
  CHECK(with.store->appends.empty());
  CHECK(with.stats->tallies.at(0)->requests == 2);
  CHECK(*with.ended == 2);
}

TEST_CASE("Batches that a dying shard has not read are in the one in its place, each once") {
  committer_fixture with;
  with.commit(in_both);
  // Handed over before the shard dies, and after.
  caf::anon_send_exit(with.shards.actors[0], caf::exit_reason::kill);
  const auto before = with.commit(in_both);
  const auto after = with.commit(in_both);
  CHECK(before->ok());
  CHECK(after->ok());
  CHECK(with.sequences(0) == number_list{0});

  with.shards.replace(0);
  with.wire();
  CHECK(with.sequences(0) == number_list{0, 1, 2});
  with.wire();
  CHECK(with.commit(in_both)->ok());
  CHECK(with.sequences(0) == number_list{0, 1, 2, 3});
  CHECK(with.sequences(1) == number_list{0, 1, 2, 3});
}

TEST_CASE("Batches that come back when the next shard is known already are handed to that one") {
  committer_fixture with;
  const auto log = std::make_shared<shard_log>();
  const shard_actor real = with.shards.actors[0];
  with.shards.actors[0] = with.system.keep(spawn_dummy(with.system.actors(), log));
  with.wire();
  with.commit(in_both);
  with.shards.actors[0] = real;
  with.wire();
  REQUIRE(log->handed.size() == 1);
  CHECK(with.sequences(0).empty());
  log->handed.clear();
  with.system.run();
  CHECK(with.sequences(0) == number_list{0});
}

TEST_CASE("The shard of an index that has died twice gets what was meant for the first") {
  committer_fixture with;
  with.shards.kill(0);
  with.commit(in_both);
  with.shards.replace(0);
  // Dead before anything reaches it.
  caf::anon_send_exit(with.shards.actors[0], caf::exit_reason::kill);
  with.wire();
  CHECK(with.sequences(0).empty());
  with.shards.replace(0);
  with.wire();
  CHECK(with.sequences(0) == number_list{0});
}

TEST_CASE("A committer that dies answers its bundles as unavailable, and the router hears their end") {
  committer_fixture with;
  const auto taken = with.post(in_both);
  with.post_kill();
  const auto unread = with.post(in_both);
  with.system.run();
  const auto late = with.commit(in_both);
  for (const auto& each : {taken, unread, late}) {
    CHECK(each->failed(errc::unavailable));
    CHECK(each->times == 1);
  }
  CHECK(*with.ended == 3);
  CHECK(with.shards.events() == 0);
}

}  // namespace
}  // namespace logstream::test
