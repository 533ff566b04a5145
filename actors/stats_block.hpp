// SPDX-License-Identifier: MIT
// The block of statistics that is printed on a timer.
#pragma once

#include "messages/stats.hpp"

#include <string>

namespace logstream {

/// Six lines between two rulers, each ended.
std::string stats_block(const service_figures& figures);

}  // namespace logstream
