// SPDX-License-Identifier: MIT
// What POST /simulate asks and answers.
#pragma once

#include "engine/simulate/generator.hpp"

#include <cstdint>

namespace logstream {

struct simulate_request {
  generator_options events;
  /// Events a second; 0 means as fast as it goes.
  std::uint64_t rate = 0;
};

struct simulate_report {
  std::uint64_t count = 0;
  std::uint64_t rejected = 0;
  double seconds = 0;
};

}  // namespace logstream
