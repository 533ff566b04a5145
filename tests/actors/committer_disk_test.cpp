// SPDX-License-Identifier: MIT
// What a committer does with a disk, and with one that refuses.
#include "tests/actors/support/committer_fixture.hpp"

#include <catch2/catch.hpp>

#include <optional>

namespace logstream::test {
namespace {

using std::chrono::seconds;
using number_list = std::vector<std::uint64_t>;

memory_disk_ptr make_disk() {
  return std::make_shared<memory_file_system>();
}

committer_settings acknowledging(ack_mode mode) {
  committer_settings settings;
  settings.ack = mode;
  return settings;
}

// The rows that a start after a power cut would find.
std::uint64_t rows_after_power_cut(const memory_disk_ptr& disk) {
  disk->crash();
  return open_two_shards(disk).replayed_rows;
}

TEST_CASE("What was acknowledged survives a power cut, with fsync from the moment of the answer") {
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::fsync), disk};
  std::uint64_t kept = 0;
  auto job = make_job(in_both, make_receipt());
  job->reply =
      make_answer<ingest_receipt>([&](const result<ingest_receipt>&) { kept = rows_after_power_cut(disk); });
  with.post(std::move(job));
  with.system.run();
  CHECK(kept == 2);
}

TEST_CASE("What was acknowledged when it was written survives a power cut a second later, and not before") {
  for (const seconds later : {seconds{0}, seconds{1}}) {
    const auto disk = make_disk();
    committer_fixture with{acknowledging(ack_mode::write), disk};
    REQUIRE(with.commit(in_both)->ok());
    with.system.advance(later);
    CHECK(rows_after_power_cut(disk) == (later == seconds{0} ? 0 : 2));
  }
}

TEST_CASE("With acknowledgement from memory askers are answered before the disk is written") {
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::memory), disk};
  const std::uint64_t before = disk->calls();
  std::optional<std::uint64_t> at_answer;
  auto job = make_job(in_both, make_receipt());
  job->reply = make_answer<ingest_receipt>([&](const result<ingest_receipt>&) { at_answer = disk->calls(); });
  with.post(std::move(job));
  with.system.run();
  CHECK(at_answer == before);
  CHECK(disk->calls() > before);
  with.system.advance(seconds{1});
  CHECK(rows_after_power_cut(disk) == 2);
}

TEST_CASE("With acknowledgement from memory a disk that refuses is not the askers' concern") {
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::memory), disk};
  disk->fail({1, errc::io, true});
  CHECK(with.commit(in_both)->ok());
  CHECK(with.shards.events() == 2);
}

TEST_CASE("What the disk refuses is answered with its error, stored nowhere, and told of as lost") {
  const errc code = GENERATE(errc::io, errc::disk_full);
  // The write fails, or the sync behind it.
  const std::uint64_t call = GENERATE(1, 2);
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::fsync), disk};
  disk->fail({call, code});
  CHECK(with.commit(in_both)->failed(code));
  CHECK(with.shards.events() == 0);
  CHECK(with.store->appends.empty());
  REQUIRE(with.stats->tallies.size() == 1);
  CHECK(with.stats->tallies[0]->lost == 2);
  CHECK(with.stats->tallies[0]->accepted == 0);
  CHECK(*with.ended == 1);
}

TEST_CASE("After a refusal the next body is written, and the shards know of the numbers that were used up") {
  const std::uint64_t call = GENERATE(1, 2);
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::fsync), disk};
  disk->fail({call, errc::io});
  REQUIRE(with.commit(in_both)->failed(errc::io));
  CHECK(with.shards.data[0]->next_sequence() == 1);
  CHECK(with.shards.data[1]->next_sequence() == 1);

  const auto receipt = with.commit(in_both);
  REQUIRE(receipt->ok());
  CHECK((*receipt)->ids[0].sequence == 1);
  CHECK(with.sequences(0) == number_list{1});
  CHECK(with.shards.data[0]->next_sequence() == 2);
  // Of what was refused nothing is back after a start.
  CHECK(rows_after_power_cut(disk) == 2);
}

TEST_CASE("While the disk refuses every body is answered with its error, and none once it is well") {
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::fsync), disk};
  disk->fail({1, errc::disk_full, true});
  for (int i = 0; i < 3; ++i) CHECK(with.commit(in_both)->failed(errc::disk_full));
  disk->heal();
  for (int i = 0; i < 3; ++i) CHECK(with.commit(in_both)->ok());
  CHECK(with.shards.events() == 6);
}

TEST_CASE("With less room than is reserved bodies are refused as disk full, until there is room again") {
  const auto disk = make_disk();
  committer_settings settings;
  settings.reserve_bytes = 1'000;
  committer_fixture with{settings, disk};
  disk->set_free_bytes(999);
  // The room is looked at every second.
  CHECK(with.commit(in_both)->ok());
  with.system.advance(seconds{1});
  CHECK(with.commit(in_both)->failed(errc::disk_full));
  disk->set_free_bytes(1'000);
  CHECK(with.commit(in_both)->failed(errc::disk_full));
  with.system.advance(seconds{1});
  CHECK(with.commit(in_both)->ok());
}

TEST_CASE("A committer that starts on a disk without room refuses the first body already") {
  const auto disk = make_disk();
  disk->set_free_bytes(999);
  committer_settings settings;
  settings.reserve_bytes = 1'000;
  committer_fixture with{settings, disk};
  CHECK(with.commit(in_both)->failed(errc::disk_full));
  // Numbers are used for what is written.
  CHECK(with.shards.data[0]->next_sequence() == 0);
}

// A first body was taken, and with it the second shard has more unsealed rows than it may.
struct behind_fixture : committer_fixture {
  behind_fixture() : committer_fixture({ack_mode::fsync, 0, 1, false}, make_disk()) {
    REQUIRE(commit(event_of(in_second, "x"))->ok());
  }
  void tell_unsealed(std::uint64_t bytes) {
    system.tell(handles.committer, atom::sealed_v, std::uint32_t{1}, std::uint64_t{0}, bytes);
  }
};

TEST_CASE(
    "While a shard has more unsealed rows than it may all bodies wait, until it tells that it has less") {
  behind_fixture with;
  const auto second = with.commit(event_of(in_second, "x"));
  // Rows cannot choose their shard: one that falls behind is enough.
  const auto first = with.commit(event_of(in_first, "x"));
  with.tell_unsealed(2);
  CHECK(first->times == 0);
  CHECK(second->times == 0);
  with.tell_unsealed(1);
  CHECK(first->ok());
  CHECK(second->ok());
  CHECK(with.shards.events() == 3);
}

TEST_CASE("Bodies that wait five seconds for segments are refused as overload, stored nowhere") {
  behind_fixture with;
  const auto waits = with.commit(in_both);
  with.system.advance(seconds{4});
  CHECK(waits->times == 0);
  with.system.advance(seconds{2});
  CHECK(waits->failed(errc::overloaded));
  CHECK(with.shards.events() == 1);
  const auto next = with.commit(in_both);
  CHECK(next->times == 0);
  with.tell_unsealed(0);
  CHECK(next->ok());
}

TEST_CASE("Bodies without a good event are answered as ever, whatever the disk does") {
  const auto disk = make_disk();
  committer_fixture with{acknowledging(ack_mode::fsync), disk};
  disk->fail({1, errc::io, true});
  const auto broken = with.commit("bad\n");
  REQUIRE(broken->ok());
  CHECK((*broken)->rejected == 1);
}

}  // namespace
}  // namespace logstream::test
