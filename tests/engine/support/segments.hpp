// SPDX-License-Identifier: MIT
// Random parts, the rows they hold, and segments made of them, for the tests of segments.
#pragma once

#include "engine/store/segment_reader.hpp"
#include "engine/store/segment_writer.hpp"
#include "tests/engine/support/memory_file_system.hpp"
#include "tests/engine/support/random_events.hpp"
#include "tests/engine/support/row_model.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream::test {

inline constexpr origin segment_origin{1, 7};

/// Rows that are there, by id.
std::vector<model_row> rows_of(const part& in);
void sort_by_id(std::vector<model_row>& rows);

/// Numbered batches of random events, some with a floor; `expected` receives the rows that are there.
std::vector<part> random_parts(random_source& random, const event_variety& how,
                               std::vector<model_row>& expected);

/// An order for all rows of `parts`, which are numbered by segment_origin.
segment_order order_for(std::vector<part> parts, std::uint16_t level = 0);

/// A folder "shard" on a disk in memory.
std::shared_ptr<memory_file_system> make_disk();
/// Writes a segment into it; returns its path.
std::string write_to(const std::shared_ptr<memory_file_system>& disk, segment_order order);

/// All rows of all blocks, in the order of the file.
std::vector<model_row> rows_of(const segment& in);

}  // namespace logstream::test
