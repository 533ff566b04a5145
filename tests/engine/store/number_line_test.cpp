// SPDX-License-Identifier: MIT
// Lines of a name and a number.
#include "engine/store/number_line.hpp"

#include <catch2/catch.hpp>

#include <cstdint>

namespace logstream::test {
namespace {

TEST_CASE("a line of the name and a number is taken, and what follows it stays") {
  std::string_view text = "shards 7\ncreated -12\n";
  std::uint32_t shards = 0;
  std::int64_t created = 0;
  REQUIRE(take_number_line(text, "shards", shards));
  CHECK(shards == 7);
  CHECK(text == "created -12\n");
  REQUIRE(take_number_line(text, "created", created));
  CHECK(created == -12);
  CHECK(text.empty());
}

TEST_CASE("a line of another name, without an end, or of what is no number that fits is not taken") {
  for (const std::string_view bad :
       {"", "shards", "shards\n", "shards \n", "shards7\n", "shard 7\n", "shards 7", "shards x\n",
        "shards 7x\n", "shards  7\n", "shards -1\n", "shards 256\n"}) {
    INFO(bad);
    std::string_view text = bad;
    std::uint8_t number = 0;
    CHECK_FALSE(take_number_line(text, "shards", number));
  }
}

}  // namespace
}  // namespace logstream::test
