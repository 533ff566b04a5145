// SPDX-License-Identifier: MIT
// Names, heads and payloads of the log.
#include "engine/store/wal_record.hpp"

#include "engine/base/checksum.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/same_batch.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::shared_ptr<batch> many_alike() {
  return make_batch(std::vector<event>(300, make_event(7, "the same message, time and again")));
}

}  // namespace

TEST_CASE("names of log files sort as their numbers do") {
  CHECK(wal_file_name(0) == "wal-0000000000000000.log");
  CHECK(wal_file_name(0xabc) == "wal-0000000000000abc.log");
  CHECK(wal_file_name(std::numeric_limits<std::uint64_t>::max()) == "wal-ffffffffffffffff.log");
  CHECK(wal_file_name(9) < wal_file_name(10));
  CHECK(parse_wal_file_name(wal_file_name(0xabc)) == 0xabc);
}

TEST_CASE("what the log does not call its files is no log file") {
  for (const char* const each :
       {"", "wal-", "wal-0000000000000ABC.log", "wal-abc.log", "wal-0000000000000abc.log.tmp",
        "wal-0000000000000abg.log", "wal--000000000000abc.log", "wal-00000000000000abc.log",
        "xal-0000000000000abc.log", "wal-0000000000000abc.lag"})
    CHECK_FALSE(parse_wal_file_name(each));
}

TEST_CASE("a payload gives back its batch, compressed or not") {
  const std::vector rows{make_batch(std::vector{make_event(1, "x")}), many_alike()};
  const std::vector codecs{wal_codec::none, wal_codec::lz4};
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const wal_payload made = make_wal_payload(*rows[i]);
    CHECK(static_cast<wal_codec>(made.bytes.at(0)) == codecs[i]);
    CHECK(made.checksum == checksum(made.bytes));
    const auto read = read_wal_payload(made.bytes);
    REQUIRE(read);
    CHECK(differences(**read, *rows[i]) == "");
  }
}

TEST_CASE("compressing makes a payload smaller where there is something to gain") {
  const wal_payload made = make_wal_payload(*many_alike());
  CHECK(made.bytes.size() < many_alike()->bytes() / 20);
}

TEST_CASE("no payload cut short is one, and no damaged one makes a batch that cannot be read") {
  const std::uint64_t seed = seed_or(51);
  INFO(describe_seed(seed));
  random_source random{seed};
  const wal_payload made = make_wal_payload(*make_batch(random_events(random, {}, 60)));
  for (std::size_t size = 0; size < made.bytes.size(); ++size)
    REQUIRE_FALSE(read_wal_payload(std::string_view{made.bytes}.substr(0, size)));
  for (int round = 0; round < 3000; ++round) {
    std::string changed = made.bytes;
    changed[random.below(static_cast<std::uint32_t>(changed.size()))] = static_cast<char>(random.below(256));
    if (const auto read = read_wal_payload(changed))
      for (std::uint32_t row = 0; row < (*read)->rows(); ++row) (*read)->materialize(row);
  }
}

TEST_CASE("a payload that claims more than it can hold is refused before memory is taken for it") {
  const std::string claims = std::string{"\x01\xff\xff\xff\x3f", 5} + std::string(20, 'x');
  CHECK_FALSE(read_wal_payload(claims));
}

TEST_CASE("a record's checksum differs with its place, its shard, its sequence, its size and its payload") {
  const wal_record_head head{10, wal_kind::batch, 1, 100, 0};
  const std::uint64_t known = wal_checksum(head, {1, 32}, 5);
  CHECK(wal_checksum(head, {1, 32}, 5) == known);
  CHECK(wal_checksum(head, {2, 32}, 5) != known);
  CHECK(wal_checksum(head, {1, 33}, 5) != known);
  CHECK(wal_checksum(head, {1, 32}, 6) != known);
  CHECK(wal_checksum({11, wal_kind::batch, 1, 100, 0}, {1, 32}, 5) != known);
  CHECK(wal_checksum({10, wal_kind::batch, 2, 100, 0}, {1, 32}, 5) != known);
  CHECK(wal_checksum({10, wal_kind::batch, 1, 101, 0}, {1, 32}, 5) != known);
}

TEST_CASE("a record's head is read as it was written") {
  std::string bytes;
  append_wal_record_head(bytes, {1, wal_kind::batch, 2, 3, 4});
  REQUIRE(bytes.size() == wal_record_head_bytes);
  const wal_record_head head = read_wal_record_head(bytes);
  CHECK(head.payload_bytes == 1);
  CHECK(head.kind == wal_kind::batch);
  CHECK(head.shard == 2);
  CHECK(head.first_sequence == 3);
  CHECK(head.checksum == 4);
}
