// SPDX-License-Identifier: MIT
// Three places where rows are: in memory, on their way, in segments.
#include "engine/store/shard_store.hpp"

#include "engine/wire/time_text.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace logstream {

shard_store::shard_store(shard_folder folder, recovered_shard from)
    : folder_(std::move(folder)),
      state_(std::move(from.state)),
      line_(std::max(state_.sealed_through, state_.next_sequence)) {
  for (segment_ptr& each : from.segments) {
    add(each->directory(), false);
    auto filters = each->read_filters();
    segments_.push_back({std::move(each), filters ? *std::move(filters) : std::string{}});
  }
}

void shard_store::append(std::uint64_t begin, std::uint64_t end, std::vector<batch_ptr> rows) {
  line_.add(begin, end);
  for (batch_ptr& each : rows) memory_.append(std::move(each));
}

snapshot shard_store::candidates(const row_filter& filter) const {
  snapshot found{memory_.candidates(filter), {}};
  for (part& each : sealing_.candidates(filter)) found.parts.push_back(std::move(each));
  for (const sealed_segment& each : segments_)
    for (const std::uint32_t block : candidate_blocks(each.rows->directory(), filter, each.filters))
      found.blocks.push_back({each.rows, block});
  return found;
}

shard_counts shard_store::count(const row_filter& filter, count_by by) const {
  shard_counts found{memory_.count(filter, by), {}};
  for (const auto& [group, rows] : sealing_.count(filter, by)) found.groups[group] += rows;
  row_counts sealed;
  for (const sealed_segment& each : segments_)
    for (const std::uint32_t block : count_rows(each.rows->directory(), filter, {}, by, sealed))
      found.unread.push_back({each.rows, block});
  for (const auto& [group, rows] : sealed.groups) found.groups[group] += rows;
  for (const auto& [minute, rows] : sealed.minutes)
    found.groups[format_rfc3339(start_of_minute(minute))] += rows;
  return found;
}

shard_figures shard_store::figures() const {
  shard_figures sum = memory_.figures();
  for (const shard_figures& each : {sealing_.figures(), sealed_}) {
    sum.events += each.events;
    sum.bytes += each.bytes;
    sum.live_bytes += each.live_bytes;
    sum.batches += each.batches;
    sum.merges += each.merges;
    sum.segments += each.segments;
    sum.disk_bytes += each.disk_bytes;
    sum.quarantined.add(each.quarantined);
    for (std::size_t i = 0; i < level_count; ++i) sum.by_level[i] += each.by_level[i];
  }
  return sum;
}

std::shared_ptr<upkeep_order> shard_store::seal(bool now) {
  if (folder_.path.empty() || !under_way_.expired() || !line_.whole())
    return nullptr;
  // What an order that failed left behind goes first.
  if (sealing_.figures().events == 0) {
    const shard_figures held = memory_.figures();
    if (held.events == 0 || (!now && held.bytes < folder_.memtable_bytes))
      return nullptr;
    sealing_ = std::exchange(memory_, {});
    sealing_end_ = line_.through();
  }
  auto order = std::make_shared<upkeep_order>();
  order->folder = folder_.path;
  order->state = state_;
  order->seal = segment_order{
      sealing_.candidates({}), folder_.identity, 0, {{state_.sealed_through, sealing_end_ - 1}}, {}};
  under_way_ = order;
  return order;
}

std::shared_ptr<upkeep_order> shard_store::expire(timestamp now, std::int64_t age) {
  timestamp newest = std::numeric_limits<timestamp>::min();
  for (const segment_info& each : state_.segments) newest = std::max(newest, each.max_time);
  const timestamp from = std::min(now, newest);
  std::vector<segment_id> gone;
  for (const segment_info& each : state_.segments) {
    // Without a sign, since times may lie farther apart than a signed number tells.
    const auto older = static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(each.max_time);
    if (from > each.max_time && older > static_cast<std::uint64_t>(age))
      gone.push_back(id_of(each));
  }
  return drop(std::move(gone));
}

std::shared_ptr<upkeep_order> shard_store::expire_beyond(std::uint64_t bytes) {
  std::vector<segment_info> oldest = state_.segments;
  std::sort(oldest.begin(), oldest.end(),
            [](const segment_info& a, const segment_info& b) { return a.max_time < b.max_time; });
  std::vector<segment_id> gone;
  std::uint64_t left = sealed_.disk_bytes;
  for (std::size_t i = 0; i < oldest.size() && left > bytes; ++i) {
    gone.push_back(id_of(oldest[i]));
    left -= oldest[i].bytes;
  }
  return drop(std::move(gone));
}

std::shared_ptr<upkeep_order> shard_store::drop(std::vector<segment_id> gone) {
  if (gone.empty() || !under_way_.expired())
    return nullptr;
  auto order = std::make_shared<upkeep_order>();
  order->folder = folder_.path;
  order->state = state_;
  order->drop = std::move(gone);
  under_way_ = order;
  return order;
}

bool shard_store::has(const segment_ptr& which) const {
  return std::any_of(segments_.begin(), segments_.end(),
                     [&](const sealed_segment& each) { return each.rows == which; });
}

void shard_store::suspect(const segment_ptr& which) {
  if (has(which) && std::find(suspects_.begin(), suspects_.end(), which) == suspects_.end())
    suspects_.push_back(which);
}

std::shared_ptr<upkeep_order> shard_store::inspect() {
  if (!under_way_.expired())
    return nullptr;
  // Some may have gone meanwhile.
  std::erase_if(suspects_, [this](const segment_ptr& each) { return !has(each); });
  if (suspects_.empty())
    return nullptr;
  auto order = std::make_shared<upkeep_order>();
  order->folder = folder_.path;
  order->state = state_;
  // Should the disk fail now, the next query that fails tells of it again.
  order->suspect = std::move(suspects_.back());
  suspects_.pop_back();
  under_way_ = order;
  return order;
}

void shard_store::replace(const upkeep_order& done) {
  std::erase_if(segments_, [&](const sealed_segment& each) { return each.rows == done.suspect; });
  add(done.suspect->directory(), true);
  sealed_.quarantined.add(done.replaced->moved);
  if (!done.replaced->rescued)
    return;
  add(done.replaced->rescued->directory(), false);
  segments_.push_back({done.replaced->rescued, done.filters});
}

void shard_store::finish(upkeep_order& done) {
  under_way_.reset();
  if (done.failure)
    return;
  state_ = done.state;
  if (done.replaced)
    replace(done);
  std::erase_if(segments_, [&](const sealed_segment& each) {
    const bool gone =
        std::find(done.drop.begin(), done.drop.end(), id_of(each.rows->info())) != done.drop.end();
    if (gone)
      add(each.rows->directory(), true);
    return gone;
  });
  if (state_.sealed_through < sealing_end_)
    return;
  sealing_ = {};
  if (!done.sealed)
    return;
  add(done.sealed->directory(), false);
  segments_.push_back({std::move(done.sealed), std::move(done.filters)});
}

void shard_store::add(const segment_directory& of, bool gone) {
  const auto change = [gone](std::uint64_t& sum, std::uint64_t by) { sum = gone ? sum - by : sum + by; };
  change(sealed_.segments, 1);
  change(sealed_.events, of.info.rows);
  change(sealed_.disk_bytes, of.info.bytes);
  for (std::uint32_t block = 0; block < of.blocks().size(); ++block)
    change(sealed_.by_level[static_cast<std::size_t>(of.stream_of(block).severity)], of.blocks()[block].rows);
}

}  // namespace logstream
