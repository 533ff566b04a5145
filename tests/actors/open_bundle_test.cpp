// SPDX-License-Identifier: MIT
// From bodies to answers without any actor.
#include "actors/open_bundle.hpp"

#include "tests/actors/support/jobs.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {
namespace {

constexpr timestamp now = 1'000;

// Two shards' worth of building; bodies are added, then read.
struct bundle_fixture {
  receipt_ptr add(std::string body, body_encoding encoding = body_encoding::identity) {
    receipts.push_back(make_receipt());
    bundle->jobs.push_back(make_job(std::move(body), receipts.back(), encoding));
    return receipts.back();
  }
  // Reads, builds, and numbers the batches as the committer does.
  void build() {
    open.emplace(bundle);
    open->read(decoder, now, 1'000, builder);
    open->build(builder);
    for (const built_batch& each : open->batches())
      each.rows->number({0, static_cast<std::uint8_t>(each.shard)}, 100);
  }

  ingest_bundle_ptr bundle = std::make_shared<ingest_bundle>();
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{2};
  std::vector<receipt_ptr> receipts;
  std::optional<open_bundle> open;
};

// Enough services that both shards get some.
std::string many_services(int events) {
  std::string body;
  for (int i = 0; i < events; ++i)
    body += R"({"level":"error","service":"s)" + std::to_string(i) + R"(","message":"m)" + std::to_string(i) +
            "\"}\n";
  return body;
}

TEST_CASE("A bundle of bodies without events has no batches and answers their errors") {
  bundle_fixture with;
  const auto empty = with.add("");
  const auto broken = with.add("x");
  with.build();
  CHECK(with.open->batches().empty());
  const ingest_tally tally = with.open->answer();
  CHECK(empty->failed(errc::invalid));
  CHECK((*broken)->rejected == 1);
  CHECK(tally.requests == 2);
  CHECK(tally.rejected == 1);
  CHECK(tally.accepted == 0);
}

TEST_CASE("Nobody is answered before answer() is called, and each once after") {
  bundle_fixture with;
  with.add(many_services(3));
  with.add(many_services(2));
  with.build();
  for (const auto& each : with.receipts) CHECK(each->times == 0);
  with.open->answer();
  with.open.reset();
  with.bundle.reset();
  for (const auto& each : with.receipts) CHECK(each->times == 1);
}

TEST_CASE("Ids of each body are those of its rows, in its order") {
  bundle_fixture with;
  const auto first = with.add(many_services(20));
  const auto second = with.add(many_services(20));
  with.build();
  with.open->answer();
  for (const auto& receipt : {first, second}) {
    REQUIRE((*receipt)->ids.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) {
      const event_id& id = (*receipt)->ids[i];
      const batch& rows = *with.open->batches().at(id.from.shard).rows;
      CHECK(rows.message(static_cast<std::uint32_t>(id.sequence - 100)) == "m" + std::to_string(i));
    }
  }
  CHECK((*first)->ids[0] != (*second)->ids[0]);
}

TEST_CASE("What could not be stored is answered with the reason, bodies without events as ever") {
  bundle_fixture with;
  const auto partly = with.add(many_services(20) + "bad\n");
  const auto whole = with.add(many_services(1));
  const auto broken = with.add("x");
  const auto empty = with.add("");
  with.build();
  const ingest_tally tally = with.open->answer(make_error(errc::unavailable, "no room"));
  CHECK(partly->failed(errc::unavailable));
  CHECK(whole->failed(errc::unavailable));
  CHECK((*broken)->rejected == 1);
  CHECK(empty->failed(errc::invalid));
  CHECK(tally.requests == 4);
  CHECK(tally.accepted == 0);
  CHECK(tally.lost == 21);
  CHECK(tally.rejected == 2);
  for (const std::uint64_t each : tally.by_level) CHECK(each == 0);
}

TEST_CASE("Levels are tallied for the rows that are stored") {
  bundle_fixture with;
  with.add(
      "{\"level\":\"warn\",\"message\":\"x\"}\n{\"level\":\"error\",\"message\":\"x\"}\n{\"message\":\"x\"}");
  with.build();
  const ingest_tally tally = with.open->answer();
  std::uint64_t all = 0;
  for (const std::uint64_t each : tally.by_level) all += each;
  CHECK(all == 3);
  CHECK(tally.by_level[static_cast<std::size_t>(level::warn)] == 1);
  CHECK(tally.by_level[static_cast<std::size_t>(level::error)] == 1);
}

TEST_CASE("Each answer is counted in the bucket of the time since its body came") {
  bundle_fixture with;
  with.add(many_services(1));
  with.add(many_services(1));
  with.bundle->jobs[0]->received -= std::chrono::seconds{3};
  // A body cannot come from the future; if clocks say so it took no time.
  with.bundle->jobs[1]->received += std::chrono::hours{1};
  with.build();
  const ingest_tally tally = with.open->answer();
  CHECK(tally.latency.back() == 1);
  CHECK(tally.latency.front() == 1);
}

TEST_CASE("A bundle dropped before its answer tells its askers that the service is unavailable") {
  bundle_fixture with;
  const auto receipt = with.add(many_services(1));
  with.build();
  with.open.reset();
  with.bundle.reset();
  CHECK(receipt->failed(errc::unavailable));
}

}  // namespace
}  // namespace logstream::test
