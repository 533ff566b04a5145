// SPDX-License-Identifier: MIT
// Drawing parts and writing them.
#include "tests/engine/support/segments.hpp"

#include "tests/engine/support/rows.hpp"
#include "tests/engine/support/seed.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <utility>

namespace logstream::test {

std::vector<model_row> rows_of(const part& in) {
  std::vector<model_row> rows;
  for (const stream_run& run : in.rows->runs())
    for (std::uint32_t row = in.first_row(run); row < run.end; ++row)
      rows.push_back({in.rows->id(row), event_at(*in.rows, row)});
  return rows;
}

void sort_by_id(std::vector<model_row>& rows) {
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
}

std::vector<part> random_parts(random_source& random, const event_variety& how,
                               std::vector<model_row>& expected) {
  std::vector<part> parts;
  std::uint64_t sequence = random.below(1000);
  for (std::uint32_t left = 1 + random.below(8); left > 0; --left) {
    const auto events = random_events(random, how, 1 + random.below(one_in(random, 4) ? 400 : 30));
    part made{make_batch(events, segment_origin, sequence), {}};
    sequence += events.size();
    if (one_in(random, 3)) {
      const event_id id = made.rows->id(random.below(made.rows->rows()));
      made.floor = {id.time, id.sequence};
    }
    const auto rows = rows_of(made);
    expected.insert(expected.end(), rows.begin(), rows.end());
    parts.push_back(std::move(made));
  }
  return parts;
}

segment_order order_for(std::vector<part> parts, std::uint16_t level) {
  segment_order order;
  sequence_range range{UINT64_MAX, 0};
  for (const part& each : parts)
    for (std::uint32_t row = 0; row < each.rows->rows(); ++row) {
      range.first = std::min(range.first, each.rows->id(row).sequence);
      range.last = std::max(range.last, each.rows->id(row).sequence);
    }
  order.parts = std::move(parts);
  order.from = segment_origin;
  order.level = level;
  order.covers = {range};
  return order;
}

std::shared_ptr<memory_file_system> make_disk() {
  auto disk = std::make_shared<memory_file_system>();
  REQUIRE(disk->make_folder("shard"));
  return disk;
}

std::string write_to(const std::shared_ptr<memory_file_system>& disk, segment_order order) {
  const auto written = write_segment(disk, "shard", std::move(order));
  REQUIRE(written);
  REQUIRE(written->rows != 0);
  return "shard/" + segment_name(id_of(*written));
}

std::vector<model_row> rows_of(const segment& in) {
  std::vector<model_row> rows;
  for (std::uint32_t block = 0; block < in.directory().blocks().size(); ++block) {
    const auto read = in.read_block(block, column_selection::all());
    REQUIRE(read);
    const auto found = rows_of(part{*read, {}});
    rows.insert(rows.end(), found.begin(), found.end());
  }
  return rows;
}

}  // namespace logstream::test
