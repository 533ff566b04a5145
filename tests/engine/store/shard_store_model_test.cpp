// SPDX-License-Identifier: MIT
// A shard on a disk that fails, in random order, against a list that is scanned.
#include "engine/store/shard_store.hpp"
#include "tests/engine/store/support/shard_rig.hpp"
#include "tests/engine/support/random_queries.hpp"
#include "tests/engine/support/seed.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

constexpr timestamp hour = 3'600 * nanoseconds_per_second;

class random_run {
 public:
  explicit random_run(std::uint64_t seed) : random_(seed), extreme_(one_in(random_, 2)) {}

  void step() {
    how_.now += static_cast<timestamp>(random_.below(60)) * hour / 60;
    append();
    if (order_)
      end_order();
    else if (one_in(random_, 4))
      order_ = rig_.store->seal(one_in(random_, 2));
    else if (one_in(random_, 8))
      order_expiry();
    if (one_in(random_, 30))
      reopen();
    check();
  }

  std::uint64_t expired() const { return expired_; }

 private:
  // Sequences of one segment, and the time of its newest row.
  struct sealed_rows {
    std::uint64_t begin;
    std::uint64_t end;
    timestamp newest;
  };

  std::vector<event> some_events() {
    auto events = random_events(random_, how_, 1 + random_.below(one_in(random_, 6) ? 200 : 20));
    if (!extreme_)
      for (event& each : events)
        each.time = how_.now - static_cast<timestamp>(random_.below(50)) * nanoseconds_per_second;
    return events;
  }

  // Now and then a batch is overtaken by those behind it.
  void append() {
    if (late_.empty() && one_in(random_, 6))
      late_.push_back(rig_.number(some_events()));
    rig_.append(some_events());
    if (!late_.empty() && one_in(random_, 2)) {
      rig_.append(late_.back());
      late_.pop_back();
    }
  }

  // An order succeeds, fails somewhere, or nobody ever hears of it again, whether it was carried out or not.
  void end_order() {
    if (one_in(random_, 3))
      rig_.disk->fail({.call = 1 + random_.below(12), .lasting = one_in(random_, 2)});
    if (!one_in(random_, 5))
      carry_out(rig_.disk, *order_);
    else
      order_->failure = make_error(errc::unavailable, "never begun");
    rig_.disk->heal();
    const bool lost = one_in(random_, 5);
    if (!lost) {
      rig_.store->finish(*order_);
      if (!order_->failure)
        take_over(order_->state);
    }
    order_.reset();
  }

  // What the model must hold now that these segments count.
  void take_over(const manifest& state) {
    std::vector<sealed_rows> now;
    for (const segment_info& each : state.segments)
      now.push_back({each.covers.front().first, each.covers.back().last + 1, newest_in(each)});
    for (const sealed_rows& before : sealed_)
      if (std::none_of(now.begin(), now.end(), [&](const auto& each) { return each.begin == before.begin; }))
        expire(before);
    sealed_ = std::move(now);
  }

  timestamp newest_in(const segment_info& segment) const {
    timestamp newest = std::numeric_limits<timestamp>::min();
    for (const model_row& each : rig_.model.rows())
      if (segment.covers.front().first <= each.id.sequence && each.id.sequence <= segment.covers.back().last)
        newest = std::max(newest, each.id.time);
    return newest;
  }

  void expire(const sealed_rows& gone) {
    REQUIRE(static_cast<double>(gone.newest) + static_cast<double>(age_) <=
            static_cast<double>(how_.now) + 1e6);
    ++expired_;
    rig_.model.remove_if(
        [&](const event_id& id) { return gone.begin <= id.sequence && id.sequence < gone.end; });
  }

  void order_expiry() {
    order_ = rig_.store->expire(how_.now, age_);
    if (!order_)
      return;
    REQUIRE_FALSE(sealed_.empty());
    CHECK_FALSE(rig_.store->seal(true));
  }

  void reopen() {
    order_.reset();
    // Sequences that came early are known to no one but the shard.
    for (; !late_.empty(); late_.pop_back()) rig_.append(late_.back());
    if (one_in(random_, 2))
      rig_.disk->crash_torn(random_.next());
    const recovery_report report = rig_.reopen();
    CHECK(report.quarantined.empty());
    CHECK(report.rebuilt.empty());
    const auto loaded = load_manifest(*rig_.disk, "shard");
    REQUIRE(loaded);
    take_over(*loaded);
  }

  void check() {
    const log_query query = random_query(random_, how_, rig_.model);
    REQUIRE(difference(rig_.find(query), rig_.model.find(query)) == "");
    const row_filter filter = random_index_filter(random_, how_);
    const auto by = pick(random_, std::array{count_by::level, count_by::service, count_by::minute});
    REQUIRE((rig_.count(filter, by) == rig_.model.count(filter, by)));
    const shard_figures figures = rig_.store->figures();
    std::array<std::uint64_t, level_count> levels{};
    for (const model_row& each : rig_.model.rows()) ++levels[static_cast<std::size_t>(each.what.severity)];
    REQUIRE(figures.events == rig_.model.rows().size());
    REQUIRE(figures.by_level == levels);
    REQUIRE(figures.segments == sealed_.size());
  }

  random_source random_;
  event_variety how_{.services = 4};
  // Times of all kinds, or such as come one after the other.
  bool extreme_;
  std::int64_t age_ = 12 * hour;
  shard_rig rig_{50'000};
  std::vector<shard_rig::numbered> late_;
  std::shared_ptr<upkeep_order> order_;
  std::vector<sealed_rows> sealed_;
  std::uint64_t expired_ = 0;
};

}  // namespace

TEST_CASE("a shard has each row once whatever is sealed, expires, fails, is lost or opened again") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  std::uint64_t expired = 0;
  for (std::uint64_t round = 0; round < 8; ++round) {
    random_run run{seed + round};
    for (int step = 0; step < 200; ++step) {
      INFO("round " << round << " step " << step);
      run.step();
    }
    expired += run.expired();
  }
  CHECK(expired > 0);
}
