// SPDX-License-Identifier: MIT
// The answer to GET /stats.
#pragma once

#include "messages/stats.hpp"

#include <string>

namespace logstream::http {

std::string figures_json(const service_figures& figures);

}  // namespace logstream::http
