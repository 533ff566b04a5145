// SPDX-License-Identifier: MIT
// The moments that programs put at the head of their log lines, format by format.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/level.hpp"

#include <optional>
#include <string_view>

namespace logstream {

/// Reads a moment in any known format from the front of `text` and moves `text` past it; `text` is untouched
/// when there is none. `now` bounds what a number may mean and completes dates without a year.
std::optional<timestamp> read_line_time(std::string_view& text, timestamp now);

/// Reads the head of klog and glog, `I0102 15:04:05.000000`, which begins with the letter of the level.
std::optional<timestamp> read_klog_head(std::string_view& text, timestamp now, std::optional<level>& lvl);

/// Finds epoch seconds among the first columns of a line that begins with a record number; the supercomputers
/// of the HPC collection write these.
std::optional<timestamp> read_epoch_column(std::string_view line, timestamp now);

}  // namespace logstream
