// SPDX-License-Identifier: MIT
// Segment, manifest, removals: in this order.
#include "engine/store/upkeep.hpp"

#include <algorithm>
#include <utility>

namespace logstream {

namespace {

result<void> seal_into(const std::shared_ptr<file_system>& in, upkeep_order& order, manifest& next) {
  const std::uint64_t through = order.seal->covers.back().last + 1;
  auto written = write_segment(in, order.folder, std::move(*order.seal));
  if (!written)
    return written.failure();
  next.sealed_through = through;
  next.next_sequence = std::max(next.next_sequence, through);
  if (written->rows == 0)
    return {};
  auto opened = segment::open(*in, order.folder + "/" + segment_name(id_of(*written)));
  if (!opened)
    return opened.failure();
  order.sealed = *opened;
  // Without them queries read more than they must, and find the same.
  if (auto filters = order.sealed->read_filters())
    order.filters = *std::move(filters);
  next.segments.push_back(*std::move(written));
  return {};
}

result<void> inspect(const std::shared_ptr<file_system>& in, upkeep_order& order) {
  const auto health = check_segment(*order.suspect);
  if (!health)
    return health.failure();
  if (health->sound())
    return {};
  auto replaced = replace_damaged_segment(in, order.folder, *order.suspect, *health, order.state);
  if (!replaced)
    return replaced.failure();
  if (replaced->rescued)
    if (auto filters = replaced->rescued->read_filters())
      order.filters = *std::move(filters);
  order.damage = health->what;
  order.replaced = *std::move(replaced);
  return {};
}

result<void> change(const std::shared_ptr<file_system>& in, upkeep_order& order) {
  if (order.suspect)
    return inspect(in, order);
  manifest next = order.state;
  if (order.seal)
    if (auto sealed = seal_into(in, order, next); !sealed)
      return sealed;
  std::erase_if(next.segments, [&](const segment_info& each) {
    return std::find(order.drop.begin(), order.drop.end(), id_of(each)) != order.drop.end();
  });
  ++next.generation;
  if (auto saved = save_manifest(*in, order.folder, next); !saved)
    return saved;
  order.state = std::move(next);
  // A file that stays is removed at the next start: the manifest no longer names it.
  for (const segment_id& each : order.drop) {
    [[maybe_unused]] const auto removed = in->remove(order.folder + "/" + segment_name(each));
  }
  return {};
}

}  // namespace

void carry_out(const std::shared_ptr<file_system>& in, upkeep_order& order) {
  if (auto changed = change(in, order); !changed) {
    order.failure = changed.failure();
    order.sealed = nullptr;
  }
}

}  // namespace logstream
