// SPDX-License-Identifier: MIT
// Commits, seals and expiries, and a list of what came of them.
#include "tests/engine/store/support/store_run.hpp"

#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <list>
#include <utility>

namespace logstream::test {

store_folder_settings store_settings() {
  store_folder_settings made;
  made.path = store_path;
  made.node = 3;
  made.shards = 2;
  made.wal_file_bytes = 600;
  return made;
}

bool store_run::open() {
  store_.reset();
  auto opened = open_store(disk, store_settings());
  if (!opened)
    return false;
  store_ = *std::move(opened);
  return true;
}

void store_run::run(int steps) {
  for (int step = 0; step < steps; ++step) {
    if (!store_ && !open())
      continue;
    commit();
    const std::uint32_t shard = random_.below(2);
    if (one_in(random_, 3))
      carry_out(shard, store_->shards[shard]->seal(true));
    if (one_in(random_, 8))
      carry_out(shard, store_->shards[shard]->expire_beyond(store_->shards[shard]->figures().disk_bytes / 2));
  }
}

void store_run::commit() {
  const event_variety how{.names = 5, .most_fields = 2};
  std::list<wal_payload> payloads;
  std::vector<commit_log::entry> entries;
  for (std::uint32_t left = 1 + random_.below(3); left > 0; --left) {
    auto rows = make_batch(random_events(random_, how, 1 + random_.below(5)));
    payloads.push_back(make_wal_payload(*rows));
    entries.push_back({random_.below(2), std::move(rows), &payloads.back()});
  }
  const auto ranges = store_->log->number(entries);
  const bool kept = store_->log->write(entries) && store_->log->sync();
  std::vector<std::vector<batch_ptr>> by_shard(ranges.size());
  for (const auto& each : entries) {
    if (kept)
      by_shard[each.shard].push_back(each.rows);
    for (std::uint32_t row = 0; row < each.rows->rows(); ++row) {
      const event_id id = each.rows->id(row);
      REQUIRE_FALSE(kept_.contains(id));
      refused_.erase(id);
      (kept ? kept_ : refused_).emplace(id, event_at(*each.rows, row));
    }
  }
  for (std::uint32_t shard = 0; shard < ranges.size(); ++shard)
    if (ranges[shard].begin != ranges[shard].end)
      store_->shards[shard]->append(ranges[shard].begin, ranges[shard].end, std::move(by_shard[shard]));
}

void store_run::carry_out(std::uint32_t shard, const std::shared_ptr<upkeep_order>& order) {
  if (!order)
    return;
  logstream::carry_out(disk, *order);
  forget(shard, order->drop, !order->failure);
  store_->shards[shard]->finish(*order);
  // What could not be removed from the log now goes later.
  static_cast<void>(store_->log->sealed(shard, store_->shards[shard]->sealed_through()));
}

void store_run::forget(std::uint32_t shard, const std::vector<segment_id>& gone, bool surely) {
  for (const segment_id& each : gone) {
    const auto in_segment = [&](const event_id& id) {
      return id.from.shard == shard && each.first_sequence <= id.sequence &&
             id.sequence <= each.last_sequence;
    };
    if (surely)
      std::erase_if(kept_, [&](const auto& row) { return in_segment(row.first); });
    else
      for (const auto& row : kept_)
        if (in_segment(row.first))
          maybe_expired_.insert(row.first);
  }
}

std::string store_run::wrong(bool refused_may_be_there) const {
  snapshot all;
  for (const auto& shard : store_->shards) {
    snapshot some = shard->candidates({});
    all.parts.insert(all.parts.end(), some.parts.begin(), some.parts.end());
    all.blocks.insert(all.blocks.end(), some.blocks.begin(), some.blocks.end());
  }
  std::set<event_id> seen;
  for (const model_row& each : find_rows(every_row(), std::move(all))) {
    if (!seen.insert(each.id).second)
      return to_string(each.id) + " is there twice";
    const auto kept = kept_.find(each.id);
    const auto refused = refused_.find(each.id);
    if (kept == kept_.end() && (!refused_may_be_there || refused == refused_.end()))
      return to_string(each.id) + " is there and should not be";
    if (each.what != (kept != kept_.end() ? kept : refused)->second)
      return to_string(each.id) + " is another event than was stored";
  }
  for (const auto& [id, what] : kept_)
    if (!seen.contains(id) && !maybe_expired_.contains(id))
      return to_string(id) + " is missing";
  std::uint64_t events = 0;
  for (const auto& shard : store_->shards) events += shard->figures().events;
  return events == seen.size() ? "" : "the figures are wrong";
}

}  // namespace logstream::test
