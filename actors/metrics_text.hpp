// SPDX-License-Identifier: MIT
// The service's figures in the text format of Prometheus.
#pragma once

#include "messages/stats.hpp"

#include <string>

namespace logstream {

/// All figures, each with help and type, as text format 0.0.4 has it.
std::string metrics_text(const service_figures& figures);

}  // namespace logstream
