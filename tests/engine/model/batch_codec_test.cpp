// SPDX-License-Identifier: MIT
// Encoded batches come back as they were, and nothing else comes back as a batch.
#include "engine/model/batch_codec.hpp"

#include "engine/base/bytes.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/same_batch.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

std::string encoded(const batch& rows) {
  std::string bytes;
  encode_batch(rows, bytes);
  return bytes;
}

std::shared_ptr<batch> decoded(std::string_view bytes) {
  auto made = decode_batch(bytes);
  INFO((made ? std::string{} : made.failure().message));
  REQUIRE(made);
  return *made;
}

// Reads every row in every way; sanitizers see a wrong step.
std::size_t walk(const batch& in) {
  std::size_t bytes = 0;
  for (std::uint32_t row = 0; row < in.rows(); ++row) {
    bytes += in.materialize(row).message.size() + in.run_of(row).rows();
    for (const column& each : in.columns()) bytes += in.field_at(row, each.name()) ? 1 : 0;
  }
  return bytes;
}

std::string small_batch() {
  event first = make_event(5, "first", level::warn, "api");
  first.fields = {{"host", "a", false}, {"user", "7", true}};
  event second = make_event(9, "second", level::warn, "api");
  second.fields = {{"host", "b", false}};
  return encoded(*make_batch(std::vector{first, second, make_event(3, "third", level::info, "")}));
}

}  // namespace

TEST_CASE("every batch comes out of its bytes as it went in, whatever its rows, names and streams") {
  const std::uint64_t seed = seed_or(31);
  INFO(describe_seed(seed));
  random_source random{seed};
  batch_builder builder{2};
  for (int round = 0; round < 80; ++round) {
    INFO("round " << round);
    event_variety how;
    how.services = 1 + random.below(30);
    how.names = one_in(random, 4) ? 3000 : 1 + random.below(60);
    how.most_fields = random.below(12);
    const auto events = random_events(random, how, 1 + random.below(one_in(random, 4) ? 1500 : 130));
    for (const event& each : events) add_row(builder, each);
    for (const built_batch& each : builder.build()) {
      const std::string bytes = encoded(*each.rows);
      const auto made = decoded(bytes);
      REQUIRE(differences(*made, *each.rows) == "");
      REQUIRE(encoded(*made) == bytes);
    }
  }
}

TEST_CASE("a decoded batch awaits its numbers") {
  const auto made = decoded(small_batch());
  made->number({3, 4}, 100);
  CHECK(made->id(2) == event_id{9, {3, 4}, 102});
}

TEST_CASE("sequences that a merge kept come back") {
  batch_builder builder{1};
  const std::vector events{make_event(5, "a"), make_event(5, "b"), make_event(4, "c")};
  for (const event& each : events) add_row(builder, each);
  builder.begin_row();
  builder.set_sequence(std::numeric_limits<std::uint64_t>::max());
  builder.set_stream("api", level::info);
  builder.end_row();
  const auto rows = builder.build(true).front().rows;
  const auto made = decoded(encoded(*rows));
  REQUIRE(differences(*made, *rows) == "");
  for (std::uint32_t row = 0; row < rows->rows(); ++row) CHECK(made->id(row) == rows->id(row));
}

TEST_CASE("times at both ends of what there is come back") {
  const auto rows = make_batch(std::vector{make_event(std::numeric_limits<timestamp>::min()), make_event(0),
                                           make_event(std::numeric_limits<timestamp>::max())});
  CHECK(differences(*decoded(encoded(*rows)), *rows) == "");
}

TEST_CASE("texts whose sizes take four bytes come back") {
  const auto rows = make_batch(std::vector{make_event(1, std::string(70'000, 'x')), make_event(2, "y")});
  CHECK(differences(*decoded(encoded(*rows)), *rows) == "");
}

TEST_CASE("a batch is appended to what is there") {
  const auto rows = make_batch(std::vector{make_event(1)});
  std::string bytes = "before";
  encode_batch(*rows, bytes);
  CHECK(bytes == "before" + encoded(*rows));
}

TEST_CASE("no batch cut short, and none with a byte behind it, is a batch") {
  const std::string bytes = small_batch();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto made = decode_batch(std::string_view{bytes}.substr(0, size));
    REQUIRE_FALSE(made);
    REQUIRE(made.failure().code == errc::invalid);
  }
  CHECK_FALSE(decode_batch(bytes + '\0'));
}

TEST_CASE("whatever one byte is changed to, decoding refuses or makes a batch that can be read") {
  const std::string bytes = small_batch();
  for (std::size_t at = 0; at < bytes.size(); ++at)
    for (int value = 0; value < 256; ++value) {
      std::string changed = bytes;
      changed[at] = static_cast<char>(value);
      if (const auto made = decode_batch(changed)) {
        REQUIRE((*made)->rows() == 3);
        walk(**made);
      }
    }
}

TEST_CASE("random damage makes no batch that cannot be read") {
  const std::uint64_t seed = seed_or(32);
  INFO(describe_seed(seed));
  random_source random{seed};
  const event_variety how{.names = 400, .most_fields = 10};
  const std::string bytes = encoded(*make_batch(random_events(random, how, 200)));
  for (int round = 0; round < 4000; ++round) {
    std::string changed = bytes;
    // Most of what can go wrong is in the heads.
    const auto reach = static_cast<std::uint32_t>(one_in(random, 2) ? 400 : changed.size());
    for (std::uint32_t left = 1 + random.below(4); left > 0; --left)
      changed[random.below(reach)] = static_cast<char>(random.below(256));
    if (const auto made = decode_batch(changed))
      walk(**made);
  }
}

TEST_CASE("rows that the bytes cannot hold are refused before they are allocated") {
  std::string bytes;
  byte_writer out{bytes};
  out.raw(std::string_view{"\x01\x00", 2});
  out.varint(0xffffffff);
  out.varint(1);
  out.varint(0);
  out.raw(std::string_view{"\x00", 1});
  out.varint(0xffffffff);
  out.raw(std::string_view{"\x00\x00\x00", 3});
  out.varint(0xffffffff);
  out.raw(std::string_view{"\x00\x00", 2});
  const auto made = decode_batch(bytes);
  REQUIRE_FALSE(made);
  CHECK(made.failure().message == "not an encoded batch: size");
}
