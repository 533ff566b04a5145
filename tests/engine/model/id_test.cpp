// SPDX-License-Identifier: MIT
// Ids as texts: back and forth, and in order.
#include "engine/model/id.hpp"

#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <limits>
#include <string>

using namespace logstream;
using namespace logstream::test;

namespace {

event_id random_id(random_source& random) {
  const event_variety how{.extreme_times = 5};
  return {random_time(random, how),
          {static_cast<std::uint8_t>(random.below(3)), static_cast<std::uint8_t>(random.below(256))},
          one_in(random, 2) ? random.below(3) : random.next() >> 16};
}

}  // namespace

TEST_CASE("an id's text shows time with its sign flipped, origin and sequence") {
  CHECK(to_string(event_id{0, {0, 0}, 0}) == "80000000000000000000000000000000");
  CHECK(to_string(event_id{1, {2, 3}, 0xabc}) == "80000000000000010203000000000abc");
  CHECK(to_string(event_id{-1, {255, 254}, 0xffffffffffff}) == "7ffffffffffffffffffeffffffffffff");
  CHECK(to_string(event_id{std::numeric_limits<timestamp>::min(), {}, 0}) ==
        std::string(event_id_text_size, '0'));
}

TEST_CASE("an id is read back from its text") {
  const std::uint64_t seed = seed_or(6);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 20'000; ++i) {
    const event_id id = random_id(random);
    const std::string text = to_string(id);
    REQUIRE(text.size() == event_id_text_size);
    REQUIRE(parse_event_id(text) == id);
  }
}

TEST_CASE("texts of ids sort as the ids do") {
  const std::uint64_t seed = seed_or(7);
  INFO(describe_seed(seed));
  random_source random{seed};
  for (int i = 0; i < 20'000; ++i) {
    const event_id a = random_id(random);
    const event_id b = random_id(random);
    REQUIRE((a < b) == (to_string(a) < to_string(b)));
  }
}

TEST_CASE("a text that no id has is not an id") {
  const std::string good = to_string(event_id{1, {2, 3}, 4});
  REQUIRE(parse_event_id(good));
  CHECK_FALSE(parse_event_id(""));
  CHECK_FALSE(parse_event_id(good + "0"));
  CHECK_FALSE(parse_event_id(good.substr(1)));
  for (std::size_t at = 0; at < good.size(); ++at)
    for (const char wrong : {'g', 'A', ' ', '-', '\0', '/', ':', '`'}) {
      std::string bad = good;
      bad[at] = wrong;
      CHECK_FALSE(parse_event_id(bad));
    }
}
