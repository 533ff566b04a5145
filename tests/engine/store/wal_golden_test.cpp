// SPDX-License-Identifier: MIT
// A log file of version 1 is read for ever, and what is written today is of version 1 to the byte.
#include "engine/base/file_system.hpp"
#include "engine/store/wal_reader.hpp"
#include "engine/store/wal_writer.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/same_batch.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr const char* golden_path = "tests/engine/store/golden/wal-1.log";
constexpr std::uint64_t golden_number = 0x2a;

// One of each: streams, a column that few rows have, literals, and in the second batch what LZ4 likes.
std::array<std::shared_ptr<batch>, 2> golden_batches() {
  constexpr timestamp start = 1'700'000'000 * nanoseconds_per_second;
  std::vector<event> first;
  first.push_back(make_event(start, "user 17 logged in", level::info, "auth"));
  first.push_back(make_event(start + 5, "disk is full", level::error, "store"));
  first.push_back(make_event(start + nanoseconds_per_minute, "", level::unknown, ""));
  first[0].fields = {{"user", "17", true}, {"host", "web-1", false}};
  first[1].fields = {{"user", "root", false}};
  std::vector<event> second;
  for (int i = 0; i < 100; ++i) {
    second.push_back(make_event(start - i, "the same again", level::warn, "chatty"));
    if (i == 50)
      second.back().fields = {{"rare", "yes", false}, {"rarer", "1.5", true}};
  }
  return {make_batch(first), make_batch(second)};
}

}  // namespace

TEST_CASE("a log file of version 1 is read") {
  const auto disk = make_posix_file_system();
  const auto bytes = read_file(*disk, golden_path);
  REQUIRE(bytes);
  memory_file_system memory;
  memory.put("log/" + wal_file_name(golden_number), *bytes);
  std::vector<wal_record> records;
  const auto summary = replay_wal(memory, "log", [&](wal_record each) -> result<void> {
    records.push_back(std::move(each));
    return {};
  });
  REQUIRE(summary);
  CHECK(summary->damages.empty());
  CHECK_FALSE(summary->torn);
  REQUIRE(records.size() == 2);
  for (std::size_t i = 0; i < records.size(); ++i) {
    CHECK(differences(*records[i].rows, *golden_batches()[i]) == "");
    CHECK(records[i].shard == 3 + i);
    CHECK(records[i].first_sequence == 1000 * (i + 1));
  }
}

TEST_CASE("a log file written today is one of version 1 to the byte") {
  const auto golden = read_file(*make_posix_file_system(), golden_path);
  REQUIRE(golden);
  const auto disk = std::make_shared<memory_file_system>();
  REQUIRE(disk->make_folder("log"));
  auto writer = wal_writer::open(disk, {"log"}, golden_number);
  REQUIRE(writer);
  // The second record is LZ4's, whose versions may choose different bytes for the same text.
  const wal_payload payload = make_wal_payload(*golden_batches()[0]);
  REQUIRE(writer->append(std::vector{wal_entry{3, 1000, payload.bytes, payload.checksum}}));
  const std::string written = disk->content("log/" + wal_file_name(golden_number));
  CHECK(written == golden->substr(0, written.size()));
}
