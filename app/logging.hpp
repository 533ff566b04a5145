// SPDX-License-Identifier: MIT
// The server's own log.
#pragma once

#include "app/config/settings.hpp"

namespace logstream {

/// From now on spdlog writes to standard error, in the level and format asked for.
void start_logging(const log_settings& settings);

}  // namespace logstream
