// SPDX-License-Identifier: MIT
// What settings must be beyond their own bounds: meaningful as texts, and together.
#pragma once

#include "app/config/settings.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace logstream {

/// Appends every problem as `place: key: why`, where the place is that of `origins`.
void check_settings(const settings& values, const std::map<std::string, std::string, std::less<>>& origins,
                    std::vector<std::string>& problems);

}  // namespace logstream
