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
  // Reads, builds, and numbers the batches as shards do.
  void build() {
    open.emplace(bundle);
    open->read(decoder, now, 1'000, builder);
    built = &open->build(builder);
    for (const built_batch& each : *built) each.rows->number({0, static_cast<std::uint8_t>(each.shard)}, 100);
  }
  void store_all() {
    for (std::size_t i = 0; i < built->size(); ++i) open->stored(i);
  }
  static error no_shard() { return make_error(errc::unavailable, "no shard"); }

  ingest_bundle_ptr bundle = std::make_shared<ingest_bundle>();
  json_event_decoder decoder{json_limits{}};
  batch_builder builder{2};
  std::vector<receipt_ptr> receipts;
  std::optional<open_bundle> open;
  const std::vector<built_batch>* built = nullptr;
};

// Enough services that both shards get some.
std::string many_services(int events) {
  std::string body;
  for (int i = 0; i < events; ++i)
    body += R"({"level":"error","service":"s)" + std::to_string(i) + R"(","message":"m)" + std::to_string(i) +
            "\"}\n";
  return body;
}

TEST_CASE("A bundle is settled when its last batch is, stored or not") {
  bundle_fixture with;
  with.add(many_services(20));
  with.build();
  REQUIRE(with.built->size() == 2);
  CHECK_FALSE(with.open->settled());
  CHECK_FALSE(with.open->stored(1));
  CHECK(with.open->failed(0, bundle_fixture::no_shard()));
  CHECK(with.open->settled());
}

TEST_CASE("A bundle of bodies without events is settled from the start and answers their errors") {
  bundle_fixture with;
  const auto empty = with.add("");
  const auto broken = with.add("x");
  with.build();
  CHECK(with.built->empty());
  CHECK(with.open->settled());
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
  with.store_all();
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
  with.store_all();
  with.open->answer();
  for (const auto& receipt : {first, second}) {
    REQUIRE((*receipt)->ids.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) {
      const event_id& id = (*receipt)->ids[i];
      const batch& rows = *with.built->at(id.from.shard).rows;
      CHECK(rows.message(static_cast<std::uint32_t>(id.sequence - 100)) == "m" + std::to_string(i));
    }
  }
  CHECK((*first)->ids[0] != (*second)->ids[0]);
}

TEST_CASE("A failed batch fails the bodies with rows in it and no others") {
  bundle_fixture with;
  with.add(many_services(20));
  for (int i = 0; i < 10; ++i)
    with.add(R"({"level":"error","service":"s)" + std::to_string(i) + R"(","message":"x"})");
  with.build();
  REQUIRE(with.built->size() == 2);
  std::vector<std::string> failed_services;
  for (const stream_run& run : with.built->at(1).rows->runs()) failed_services.emplace_back(run.service);
  with.open->stored(0);
  with.open->failed(1, bundle_fixture::no_shard());
  const ingest_tally tally = with.open->answer();

  CHECK(with.receipts[0]->failed(errc::unavailable));
  std::uint64_t lost = 20;
  for (std::size_t i = 0; i < 10; ++i) {
    const std::string service = "s" + std::to_string(i);
    const bool in_failed =
        std::find(failed_services.begin(), failed_services.end(), service) != failed_services.end();
    CHECK(with.receipts[i + 1]->failed(errc::unavailable) == in_failed);
    CHECK(with.receipts[i + 1]->ok() == !in_failed);
    lost += in_failed ? 1 : 0;
  }
  CHECK(tally.lost == lost);
  CHECK(tally.accepted == 30 - lost);
  CHECK(with.open->stored_rows() == with.built->at(0).rows->rows());
  CHECK(with.open->stored_bytes() == with.built->at(0).rows->bytes());
}

TEST_CASE("Levels are tallied for the rows that are stored") {
  bundle_fixture with;
  with.add(
      "{\"level\":\"warn\",\"message\":\"x\"}\n{\"level\":\"error\",\"message\":\"x\"}\n{\"message\":\"x\"}");
  with.build();
  with.store_all();
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
  with.store_all();
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
