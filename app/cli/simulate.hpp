// SPDX-License-Identifier: MIT
// `logstream simulate`: has the server make up events.
#pragma once

#include "app/cli/exit_code.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace logstream {

struct simulate_options {
  std::string url;
  std::optional<std::uint64_t> count;
  std::optional<std::uint64_t> rate;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> levels;
};

exit_code run_simulate(const simulate_options& options, std::ostream& out, std::ostream& err);

}  // namespace logstream
