// SPDX-License-Identifier: MIT
// The alerts that fire now and the last that did.
#pragma once

#include "engine/alert/alert.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace logstream {

class alert_history {
 public:
  /// `recent` is how many resolved alerts are kept.
  explicit alert_history(std::size_t recent) : most_recent_(recent) {}

  enum class change : std::uint8_t { fired, updated, resolved, unknown };
  /// Takes what a rule tells. `unknown` is the end of an alert that does not fire.
  change take(const alert_ptr& what);

  std::vector<alert_ptr> firing_of(const std::string& rule) const;
  std::size_t firing() const { return firing_.size(); }
  std::uint64_t fired() const { return fired_; }
  std::uint64_t resolved() const { return resolved_; }

  /// {"count", "firing", "current": [alert], "recent": [alert]}, newest first.
  nlohmann::json to_json() const;

 private:
  std::size_t most_recent_;
  /// By fingerprint.
  std::map<std::string, alert_ptr> firing_;
  /// Newest first.
  std::deque<alert_ptr> recent_;
  std::uint64_t fired_ = 0;
  std::uint64_t resolved_ = 0;
};

}  // namespace logstream
