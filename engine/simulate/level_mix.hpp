// SPDX-License-Identifier: MIT
// How often each level occurs among simulated events.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/level.hpp"
#include "engine/simulate/random.hpp"

#include <array>
#include <cstdint>
#include <string_view>

namespace logstream {

/// Relative weights of the levels, at least one of them above zero.
class level_mix {
 public:
  /// Indexed by level.
  using weights = std::array<std::uint32_t, level_count>;

  static constexpr std::uint32_t largest_weight = 1'000'000;

  /// What a busy production system writes: 80 % INFO, 10 % WARN, 6 % ERROR, 3 % DEBUG, 1 % CRITICAL.
  level_mix();

  /// Fails when all weights are zero or one exceeds largest_weight.
  static result<level_mix> from_weights(const weights& values);

  /// Reads "INFO=80,ERROR=20" (or with colons): levels in any spelling parse_level knows, the others get
  /// weight zero.
  static result<level_mix> parse(std::string_view text);

  std::uint32_t weight(level value) const { return weights_[static_cast<std::size_t>(value)]; }

  /// Draws a level.
  level pick(random_source& source) const;

  bool operator==(const level_mix&) const = default;

 private:
  explicit level_mix(const weights& values);

  weights weights_{};
  std::uint32_t total_ = 0;
};

}  // namespace logstream
