// SPDX-License-Identifier: MIT
// Payloads are made once and reused.
#include "tests/engine/support/test_log.hpp"

#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/same_batch.hpp"

#include <catch2/catch.hpp>

#include <numeric>

namespace logstream::test {

namespace {

constexpr std::uint64_t variants = 12;

std::shared_ptr<batch> batch_for(std::uint64_t sequence) {
  const std::uint64_t variant = sequence % variants;
  std::vector<event> events;
  for (std::uint64_t i = 0; i <= variant % 4; ++i)
    events.push_back(
        make_event(static_cast<timestamp>(variant * 10 + i),
                   std::string(variant % 5 == 0 ? 200 : variant, 'x') + std::to_string(variant)));
  return make_batch(events);
}

std::uint8_t shard_for(std::uint64_t sequence) {
  return static_cast<std::uint8_t>(sequence % 7);
}

}  // namespace

const wal_payload& payload_for(std::uint64_t sequence) {
  static const std::vector<wal_payload> made = [] {
    std::vector<wal_payload> all;
    for (std::uint64_t i = 0; i < variants; ++i) all.push_back(make_wal_payload(*batch_for(i)));
    return all;
  }();
  return made[sequence % variants];
}

wal_entry entry_for(std::uint64_t sequence) {
  const wal_payload& payload = payload_for(sequence);
  return {shard_for(sequence), sequence, payload.bytes, payload.checksum};
}

std::vector<wal_entry> entries_for(std::uint64_t first, std::uint64_t count) {
  std::vector<wal_entry> entries;
  for (const std::uint64_t each : numbers(first, count)) entries.push_back(entry_for(each));
  return entries;
}

replayed replay_all(file_system& disk) {
  replayed found;
  auto summary = replay_wal(disk, log_folder, [&](const wal_record& each) -> result<void> {
    REQUIRE(each.shard == shard_for(each.first_sequence));
    REQUIRE(differences(*each.rows, *batch_for(each.first_sequence)) == "");
    found.sequences.push_back(each.first_sequence);
    return {};
  });
  REQUIRE(summary);
  REQUIRE(summary->records == found.sequences.size());
  found.summary = *std::move(summary);
  return found;
}

std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t count) {
  std::vector<std::uint64_t> made(count);
  std::iota(made.begin(), made.end(), first);
  return made;
}

}  // namespace logstream::test
