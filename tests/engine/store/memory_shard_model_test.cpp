// SPDX-License-Identifier: MIT
// Shards, merges, evictions and scans, taken in random order, against a list that is scanned.
#include "engine/query/log_scan.hpp"
#include "engine/store/batch_merge.hpp"
#include "engine/store/eviction_cut.hpp"
#include "engine/store/memory_shard.hpp"
#include "engine/store/row_numbers.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/random_queries.hpp"
#include "tests/engine/support/row_model.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <array>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace logstream;
using namespace logstream::test;

namespace {

/// What the actors do with shards, without the actors.
class shard_set {
 public:
  explicit shard_set(std::uint32_t count)
      : builder_(count), numbers_(1, count), shards_(count), merging_(count) {}

  void append(const std::vector<event>& events, row_model& model) {
    for (const event& each : events) add_row(builder_, each);
    std::vector<row_place> places;
    const auto built = builder_.build(false, &places);
    for (const built_batch& each : built) {
      numbers_.number(each.shard, *each.rows);
      shards_[each.shard].append(each.rows);
    }
    for (std::size_t i = 0; i < events.size(); ++i)
      model.add(built[places[i].built].rows->id(places[i].row), events[i]);
  }

  void evict_oldest(std::uint64_t count) {
    minute_sums sums;
    for (const memory_shard& each : shards_)
      for (const auto& [minute, rows] : each.minutes()) sums[minute] += rows;
    std::uint64_t left = count;
    const std::int64_t minute = cut_minute(sums, left);
    std::vector<std::shared_ptr<const std::vector<timestamp>>> times;
    for (const memory_shard& each : shards_)
      times.push_back(std::make_shared<const std::vector<timestamp>>(each.times_in(minute)));
    const eviction_cut cut = cut_times(times, left);
    std::uint64_t gone = 0;
    for (std::size_t i = 0; i < shards_.size(); ++i) gone += shards_[i].evict(cut.time, cut.ties[i]);
    CHECK(gone == count);
  }

  void evict_all() {
    for (memory_shard& each : shards_)
      each.evict(std::numeric_limits<timestamp>::max(), std::numeric_limits<std::uint64_t>::max());
  }

  /// Takes an order of a shard, or ends one that was taken earlier.
  void go_on_merging(std::size_t shard) {
    auto& order = merging_[shard];
    if (!order) {
      order = shards_[shard].next_merge();
      if (order)
        order->merged = merge_parts(order->parts);
      return;
    }
    shards_[shard].apply(*order);
    order.reset();
  }

  std::vector<part> candidates(const row_filter& filter) const {
    std::vector<part> all;
    for (const memory_shard& each : shards_)
      for (part& found : each.candidates(filter)) all.push_back(std::move(found));
    return all;
  }

  group_counts count(const row_filter& filter, count_by by) const {
    group_counts sum;
    for (const memory_shard& each : shards_)
      for (const auto& [group, rows] : each.count(filter, by)) sum[group] += rows;
    return sum;
  }

  const std::vector<memory_shard>& shards() const { return shards_; }

 private:
  batch_builder builder_;
  row_numbers numbers_;
  std::vector<memory_shard> shards_;
  std::vector<std::shared_ptr<merge_order>> merging_;
};

std::vector<model_row> scan(const shard_set& shards, const log_query& query, random_source& random) {
  log_scan scan{query, {shards.candidates(query.filter), {}}};
  std::vector<model_row> found;
  for (;;) {
    std::uint64_t budget = 1 + random.below(50);
    const auto state = scan.advance(budget);
    if (state == log_scan::state::end)
      return found;
    if (state == log_scan::state::row)
      found.push_back({scan.rows().id(scan.row()), event_at(scan.rows(), scan.row())});
  }
}

void check_figures(const shard_set& shards, const row_model& model) {
  std::map<std::int64_t, std::uint64_t> minutes;
  std::array<std::uint64_t, level_count> by_level{};
  for (const model_row& each : model.rows()) {
    ++minutes[minute_of(each.what.time)];
    ++by_level[static_cast<std::size_t>(each.what.severity)];
  }
  std::map<std::int64_t, std::uint64_t> found_minutes;
  std::array<std::uint64_t, level_count> found_by_level{};
  std::uint64_t events = 0;
  for (const memory_shard& each : shards.shards()) {
    const shard_figures figures = each.figures();
    events += figures.events;
    for (std::size_t level = 0; level < level_count; ++level)
      found_by_level[level] += figures.by_level[level];
    for (const auto& [minute, rows] : each.minutes()) found_minutes[minute] += rows;
    CHECK(figures.live_bytes <= figures.bytes);
    CHECK((figures.events == 0) == (figures.bytes == 0));
    CHECK((figures.events == 0) == (figures.batches == 0));
  }
  CHECK(events == model.rows().size());
  CHECK(found_by_level == by_level);
  CHECK(found_minutes == minutes);
}

void check_counts(const shard_set& shards, const row_model& model, const row_filter& filter) {
  for (const count_by by : {count_by::level, count_by::service, count_by::minute})
    CHECK(shards.count(filter, by) == model.count(filter, by));
}

void check_pages(const shard_set& shards, const row_model& model, log_query query, random_source& random) {
  query.limit = 1'000'000;
  const auto all = model.find(query);
  query.limit = 1 + random.below(200);
  std::vector<model_row> pages;
  for (;;) {
    const auto page = scan(shards, query, random);
    pages.insert(pages.end(), page.begin(), page.end());
    if (page.size() < query.limit)
      break;
    query.after = page.back().id;
  }
  CHECK(difference(pages, all) == "");
}

/// Sizes of batches: mostly those of small requests, now and then one that needs no merge.
std::uint32_t random_size(random_source& random) {
  if (one_in(random, 40))
    return 2000;
  return one_in(random, 3) ? 1 + random.below(60) : 1 + random.below(4);
}

}  // namespace

TEST_CASE("shards answer what a scan of all events answers, whatever was appended, evicted and merged") {
  const std::uint64_t seed = seed_or(1);
  INFO(describe_seed(seed));
  random_source random{seed};
  const event_variety how{.services = 5, .names = 30, .most_fields = 5};
  for (int round = 0; round < 3; ++round) {
    shard_set shards{1 + static_cast<std::uint32_t>(random.below(3))};
    row_model model;
    for (int step = 0; step < 300; ++step) {
      INFO("round " << round << " step " << step);
      shards.append(random_events(random, how, random_size(random)), model);
      if (one_in(random, 15)) {
        const auto count = random.below(static_cast<std::uint32_t>(model.rows().size()));
        shards.evict_oldest(count);
        model.evict_oldest(count);
      }
      for (std::size_t i = 0; i < shards.shards().size(); ++i)
        if (one_in(random, 2))
          shards.go_on_merging(i);
      check_figures(shards, model);
      const log_query query = random_query(random, how, model);
      CHECK(difference(scan(shards, query, random), model.find(query)) == "");
      if (step % 10 == 0)
        check_counts(shards, model, random_index_filter(random, how));
      if (step % 25 == 0)
        check_pages(shards, model, query, random);
      REQUIRE(model.rows().size() < 20'000);
    }
    for (const memory_shard& each : shards.shards()) CHECK(each.figures().merges > 0);
  }
}

TEST_CASE(
    "pages that follow each other's last event neither lose nor repeat one while events arrive and merge") {
  const std::uint64_t seed = seed_or(2);
  INFO(describe_seed(seed));
  random_source random{seed};
  // Nothing is newer than the end of time.
  constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();
  const event_variety how{.most_fields = 1, .extreme_times = never};
  shard_set shards{2};
  row_model model;
  for (int i = 0; i < 100; ++i) shards.append(random_events(random, how, 1 + random.below(20)), model);
  log_query query;
  query.limit = 1'000'000;
  const auto before = model.find(query);
  query.limit = 17;
  std::vector<model_row> seen;
  for (;;) {
    const auto page = scan(shards, query, random);
    seen.insert(seen.end(), page.begin(), page.end());
    if (page.size() < query.limit)
      break;
    query.after = page.back().id;
    // What arrives now is newer than anything the first page began with.
    auto late = random_events(random, how, 5);
    for (event& each : late) each.time = before.front().id.time + 1;
    row_model ignored;
    shards.append(late, ignored);
    shards.go_on_merging(0);
    shards.go_on_merging(1);
  }
  CHECK(difference(seen, before) == "");
}

TEST_CASE("evicting every event leaves shards that hold no memory and count nothing") {
  const std::uint64_t seed = seed_or(3);
  INFO(describe_seed(seed));
  random_source random{seed};
  const event_variety how;
  shard_set shards{2};
  row_model model;
  for (int i = 0; i < 40; ++i) {
    shards.append(random_events(random, how, 1 + random.below(100)), model);
    shards.go_on_merging(0);
  }
  shards.evict_all();
  for (const memory_shard& each : shards.shards()) {
    CHECK(each.figures().events == 0);
    CHECK(each.figures().bytes == 0);
    CHECK(each.figures().live_bytes == 0);
    CHECK(each.figures().batches == 0);
    CHECK(each.figures().by_level == std::array<std::uint64_t, level_count>{});
    CHECK(each.minutes().empty());
    CHECK(each.candidates({}).empty());
  }
}
