// SPDX-License-Identifier: MIT
// The sliding window, by example and against a model that keeps everything.
#include "engine/alert/sliding_window.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <vector>

namespace logstream {

namespace {

constexpr timestamp s = nanoseconds_per_second;

sliding_window::added add(sliding_window& to, std::vector<timestamp> times) {
  return to.add(times);
}

// Says what a window should say by looking at every event there was, one after the other.
class naive_window {
 public:
  naive_window(std::int64_t length, std::int64_t lateness) : length_(length), lateness_(lateness) {}

  sliding_window::added add(const std::vector<timestamp>& times) {
    sliding_window::added done;
    for (const timestamp each : times) {
      const bool first = seen_.empty();
      if (!first && each <= newest_ - lateness_ - length_) {
        ++done.late;
        continue;
      }
      const timestamp open = first ? each : newest_ - lateness_;
      newest_ = first ? each : std::max(newest_, each);
      seen_.push_back(each);
      for (const timestamp end : seen_)
        if (end >= open && each <= end && each > end - length_)
          done.fullest.count = std::max(done.fullest.count, count_at(end));
    }
    return done;
  }

  std::uint64_t count_at(timestamp end) const {
    return static_cast<std::uint64_t>(std::count_if(
        seen_.begin(), seen_.end(), [&](timestamp each) { return each > end - length_ && each <= end; }));
  }
  timestamp newest() const { return newest_; }

 private:
  std::int64_t length_;
  std::int64_t lateness_;
  std::vector<timestamp> seen_;
  timestamp newest_ = 0;
};

}  // namespace

TEST_CASE("a window does not hold the event that lies exactly its length before its end") {
  sliding_window window{60 * s, 0};
  CHECK(add(window, {0}).fullest.count == 1);
  CHECK(add(window, {60 * s - 1}).fullest.count == 2);
  CHECK(add(window, {60 * s}).fullest.count == 2);
  CHECK(window.count_at(60 * s) == 2);
  CHECK(window.count_at(119 * s) == 2);
  CHECK(window.count_at(120 * s) == 0);
}

TEST_CASE("the fullest window tells where it begins and ends") {
  sliding_window window{10 * s, 0};
  const auto fullest = add(window, {1 * s, 20 * s, 22 * s, 25 * s, 40 * s}).fullest;
  CHECK(fullest.count == 3);
  CHECK(fullest.first == 20 * s);
  CHECK(fullest.last == 25 * s);
}

TEST_CASE("an event that comes after newer ones counts where it belongs") {
  sliding_window window{10 * s, 30 * s};
  add(window, {1 * s, 2 * s, 20 * s});
  const auto done = add(window, {3 * s});
  CHECK(done.late == 0);
  CHECK(done.fullest.count == 3);
  CHECK(done.fullest.last == 3 * s);
  CHECK(window.count_at(20 * s) == 1);
}

TEST_CASE("an event older than the newest by the window and the lateness is late") {
  sliding_window window{10 * s, 30 * s};
  add(window, {100 * s});
  CHECK(add(window, {60 * s}).late == 1);
  CHECK(add(window, {60 * s + 1}).late == 0);
}

TEST_CASE("a window that was over before an event came is not the fullest") {
  sliding_window window{10 * s, 5 * s};
  add(window, {80 * s, 81 * s, 82 * s, 100 * s});
  const auto done = add(window, {86 * s});
  CHECK(done.late == 0);
  CHECK(done.fullest.count == 0);
}

TEST_CASE("windows that lie far back in one and the same add are judged") {
  sliding_window window{10 * s, 0};
  CHECK(add(window, {0, 1 * s, 2 * s, 500 * s}).fullest.count == 3);
}

TEST_CASE("what no window can hold any more is forgotten") {
  sliding_window window{10 * s, 5 * s};
  for (timestamp time = 0; time < 1000 * s; time += s) add(window, {time});
  CHECK(window.slots() == 15);
  window.forget(2000 * s);
  CHECK(window.empty());
  CHECK(window.count_at(2000 * s) == 0);
}

TEST_CASE("events of the same time share a slot") {
  sliding_window window{10 * s, 0};
  CHECK(add(window, std::vector<timestamp>(1000, 5 * s)).fullest.count == 1000);
  CHECK(window.slots() == 1);
}

TEST_CASE(
    "a coarse window holds any number of events in a few thousand slots, and is off by its resolution at "
    "most") {
  const std::int64_t length = 60 * s;
  sliding_window window{length, 60 * s};
  window.coarsen();
  REQUIRE(window.coarse());
  CHECK(window.resolution() <= length / 1000);
  std::vector<timestamp> times;
  for (timestamp time = 0; time < 600 * s; time += s / 1000) times.push_back(time);
  add(window, times);
  CHECK(window.slots() < 4096);
  const double per_window = 60'000;
  constexpr timestamp spacing = s / 1000;
  const double slack = static_cast<double>(window.resolution()) / static_cast<double>(spacing) + 2;
  CHECK(std::abs(static_cast<double>(window.count_at(599 * s)) - per_window) <= slack);
}

TEST_CASE("a window made coarse keeps its counts") {
  sliding_window window{60 * s, 0};
  add(window, {1 * s, 2 * s, 30 * s});
  window.coarsen();
  CHECK(window.count_at(31 * s) == 3);
  CHECK(add(window, {31 * s}).fullest.count == 4);
}

TEST_CASE("times before 1970 count like others, coarse or not") {
  sliding_window window{10 * s, 0};
  add(window, {-100 * s, -95 * s});
  window.coarsen();
  CHECK(add(window, {-92 * s}).fullest.count == 3);
}

TEST_CASE("a window of random events says what a model that keeps everything says") {
  std::mt19937_64 random{11};
  for (int round = 0; round < 300; ++round) {
    const std::int64_t length = 1 + static_cast<std::int64_t>(random() % 50);
    const std::int64_t lateness = static_cast<std::int64_t>(random() % 30);
    sliding_window window{length, lateness};
    naive_window model{length, lateness};
    timestamp around = static_cast<timestamp>(random() % 1000) - 500;
    for (int step = 0; step < 40; ++step) {
      std::vector<timestamp> times;
      for (auto left = 1 + random() % 6; left > 0; --left)
        times.push_back(around + static_cast<timestamp>(random() % 60) - 30);
      std::sort(times.begin(), times.end());
      const auto done = window.add(times);
      const auto expected = model.add(times);
      REQUIRE(done.late == expected.late);
      REQUIRE(done.fullest.count == expected.fullest.count);
      REQUIRE(window.newest() == model.newest());
      for (timestamp end = model.newest() - lateness; end < model.newest() + length; end += 7)
        REQUIRE(window.count_at(end) == model.count_at(end));
      around += static_cast<timestamp>(random() % 12);
    }
  }
}

}  // namespace logstream
