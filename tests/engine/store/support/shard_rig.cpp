// SPDX-License-Identifier: MIT
// What actors do with a shard, without actors.
#include "tests/engine/store/support/shard_rig.hpp"

#include "engine/store/block_count.hpp"
#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/scans.hpp"
#include "tests/engine/support/segments.hpp"

#include <catch2/catch.hpp>

namespace logstream::test {

shard_rig::shard_rig(std::uint64_t memtable_bytes) : disk(make_disk()), memtable_bytes_(memtable_bytes) {
  reopen();
}

shard_rig::numbered shard_rig::number(std::vector<event> events) {
  const std::uint64_t begin = next_;
  next_ += events.size();
  return {begin, next_, std::move(events)};
}

void shard_rig::append(const numbered& rows) {
  const auto made = make_batch(rows.events, segment_origin, rows.begin);
  for (const model_row& each : rows_of(part{made, {}})) model.add(each.id, each.what);
  store->append(rows.begin, rows.end, {made});
  log_.emplace(rows.begin, rows);
}

bool shard_rig::complete(const std::shared_ptr<upkeep_order>& order) {
  REQUIRE(order);
  carry_out(disk, *order);
  store->finish(*order);
  return !order->failure;
}

void shard_rig::seal() {
  REQUIRE(complete(store->seal(true)));
}

recovery_report shard_rig::reopen() {
  auto found = recover_manifest(*disk, "shard");
  REQUIRE(found);
  recovery_report report = found->report;
  store = std::make_unique<shard_store>(shard_folder{"shard", segment_origin, memtable_bytes_},
                                        *std::move(found));
  for (const auto& [begin, each] : log_)
    if (begin >= store->next_sequence())
      store->append(store->next_sequence(), each.end, {make_batch(each.events, segment_origin, begin)});
  return report;
}

std::vector<model_row> shard_rig::find(const log_query& query) const {
  return find_rows(query, store->candidates(query.filter));
}

group_counts shard_rig::count(const row_filter& filter, count_by by) const {
  shard_counts counts = store->count(filter, by);
  const auto rest = count_blocks(counts.unread, filter, by);
  REQUIRE(rest);
  for (const auto& [group, rows] : *rest) counts.groups[group] += rows;
  return counts.groups;
}

}  // namespace logstream::test
