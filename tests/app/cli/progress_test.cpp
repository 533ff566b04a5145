// SPDX-License-Identifier: MIT
// The progress bar.
#include "app/cli/progress.hpp"

#include <catch2/catch.hpp>

using namespace logstream;

TEST_CASE("numbers are grouped by thousands", "[progress]") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1'000) == "1,000");
  CHECK(grouped(1'234'567) == "1,234,567");
}

TEST_CASE("with a total there are bar, percentage and time left", "[progress]") {
  const progress half{500, 1'000, 12'345, std::chrono::seconds{10}};
  CHECK(progress_line(half, 100) ==
        "[====================>                   ]  50%  12,345 events  1,234/s  0:10 left");
}

TEST_CASE("without a total there are events and rate only", "[progress]") {
  const progress open{500, std::nullopt, 100, std::chrono::seconds{2}};
  CHECK(progress_line(open, 80) == "100 events  50/s");
}

TEST_CASE("the line fits whatever the terminal, at any point of the way", "[progress]") {
  for (int width = 1; width < 150; width += 7)
    for (const std::uint64_t done : {0, 1, 999, 1'000, 2'000}) {
      CAPTURE(width, done);
      const progress at{done, 1'000, done * 1'000'000, std::chrono::milliseconds{done}};
      CHECK(progress_line(at, width).size() <= static_cast<std::size_t>(width));
    }
}
