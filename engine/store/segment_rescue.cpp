// SPDX-License-Identifier: MIT
// New segment, quarantine, manifest, removal: in this order.
#include "engine/store/segment_rescue.hpp"

#include "engine/store/segment_writer.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace logstream {

namespace {

result<segment_ptr> rescue(const std::shared_ptr<file_system>& in, const std::string& folder,
                           const segment& damaged, const segment_health& health) {
  const segment_info& info = damaged.info();
  if (health.bad_rows >= info.rows || info.text_bytes > most_rescued_text ||
      info.level == std::numeric_limits<std::uint16_t>::max())
    return segment_ptr{};
  segment_order order;
  order.from = info.from;
  order.level = static_cast<std::uint16_t>(info.level + 1);
  order.covers = info.covers;
  for (std::uint32_t block = 0; block < damaged.directory().blocks().size(); ++block) {
    if (std::binary_search(health.bad_blocks.begin(), health.bad_blocks.end(), block))
      continue;
    auto rows = damaged.read_block(block, column_selection::all());
    if (!rows)
      return rows.failure();
    order.parts.push_back({*std::move(rows), {}});
  }
  auto written = write_segment(in, folder, std::move(order));
  if (!written)
    return written.failure();
  return segment::open(*in, folder + "/" + segment_name(id_of(*written)));
}

}  // namespace

result<segment_replacement> replace_damaged_segment(const std::shared_ptr<file_system>& in,
                                                    const std::string& folder, const segment& damaged,
                                                    const segment_health& health, manifest& state) {
  const std::string name = segment_name(id_of(damaged.info()));
  auto rescued = rescue(in, folder, damaged, health);
  if (!rescued)
    return rescued.failure();
  // A file that no manifest names is removed at a start: it must lie in quarantine before.
  auto moved = link_to_quarantine(*in, folder, name);
  if (!moved)
    return moved.failure();
  manifest next = state;
  const auto place = std::find(next.segments.begin(), next.segments.end(), damaged.info());
  if (*rescued)
    *place = (*rescued)->info();
  else
    next.segments.erase(place);
  ++next.generation;
  if (auto saved = save_manifest(*in, folder, next); !saved)
    return saved.failure();
  state = std::move(next);
  // One that stays is removed at the next start.
  static_cast<void>(in->remove(folder + "/" + name));
  const std::uint64_t kept = *rescued ? (*rescued)->info().rows : 0;
  return segment_replacement{*std::move(moved), *std::move(rescued), damaged.info().rows - kept};
}

}  // namespace logstream
