// SPDX-License-Identifier: MIT
// What the committer does with bundles, and what becomes of them when somebody dies.
#include "actors/committer.hpp"

#include "tests/actors/support/committer_fixture.hpp"
#include "tests/actors/support/requests.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

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
    CHECK((*each->value)->parts.size() == 1);
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
    const numbered_batches handed = each->handed[0]->take();
    CHECK(handed.rows.size() == 3);
    CHECK(handed.begin == 0);
    CHECK(handed.end == 3);
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
