// SPDX-License-Identifier: MIT
// What text_arena promises: texts stay where they are until clear().
#include "engine/base/text_arena.hpp"

#include <catch2/catch.hpp>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

using namespace logstream;

TEST_CASE("texts kept in an arena stay as they were while others are added") {
  text_arena arena;
  std::vector<std::string> sources;
  std::vector<std::string_view> kept;
  for (std::size_t i = 0; i < 3000; ++i) {
    sources.push_back(std::string(i % 200, static_cast<char>('a' + i % 26)));
    kept.push_back(arena.keep(sources.back()));
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    REQUIRE(kept[i] == sources[i]);
    REQUIRE(kept[i].data() != sources[i].data());
  }
}

TEST_CASE("an arena keeps a text larger than its blocks") {
  text_arena arena;
  const std::string_view before = arena.keep("before");
  const std::string large(1'000'000, 'x');
  const std::string_view kept = arena.keep(large);
  const std::string_view after = arena.keep("after");
  CHECK(kept == large);
  CHECK(before == "before");
  CHECK(after == "after");
}

TEST_CASE("an arena keeps an empty text") {
  text_arena arena;
  CHECK(arena.keep("").empty());
  CHECK(arena.keep(std::string_view{}).empty());
}

TEST_CASE("allocated pieces do not overlap") {
  text_arena arena;
  std::vector<char*> pieces;
  for (std::size_t i = 0; i < 500; ++i) {
    pieces.push_back(arena.allocate(1000));
    std::memset(pieces.back(), static_cast<int>(i % 256), 1000);
  }
  for (std::size_t i = 0; i < pieces.size(); ++i)
    for (const std::size_t at : {std::size_t{0}, std::size_t{999}})
      REQUIRE(static_cast<unsigned char>(pieces[i][at]) == i % 256);
}

TEST_CASE("an arena is usable after it was cleared, whatever it held") {
  text_arena arena;
  arena.clear();
  for (const std::size_t size :
       {std::size_t{10}, std::size_t{64 * 1024}, std::size_t{64 * 1024 + 1}, std::size_t{500'000}}) {
    const std::string text(size, 'y');
    arena.keep(text);
    arena.keep(text);
    arena.clear();
    CHECK(arena.keep(text) == text);
    arena.clear();
  }
}
