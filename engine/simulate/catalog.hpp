// SPDX-License-Identifier: MIT
// The services, hosts and message templates that simulated events are made of.
#pragma once

#include "engine/model/level.hpp"
#include "engine/simulate/random.hpp"

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// What stands in a hole of a message template.
enum class hole : std::uint8_t {
  /// Nothing: the piece is only text.
  none,
  /// 1 to 9.
  few,
  /// 1 to 999.
  small,
  /// 1000 to 999999.
  large,
  /// A private IPv4 address.
  address,
  /// A random UUID.
  uuid,
  /// 16 hexadecimal digits.
  hash,
  table,
  topic,
  resource,
  /// A mail address.
  mail,
  /// Why something failed.
  cause,
  /// What was done about it.
  effect,
  /// The user of the event's metadata.
  user,
  /// The latency of the event's metadata.
  latency,
  /// The status of the event's metadata.
  status,
};

/// A run of literal text and the hole after it.
struct template_piece {
  std::string_view text;
  hole value = hole::none;
};

using message_template = std::vector<template_piece>;

/// Everything that simulated events draw from; immutable, one for the process.
class simulation_catalog {
 public:
  static const simulation_catalog& instance();

  static constexpr std::size_t service_count = 20;
  static constexpr std::size_t host_count = 50;

  std::string_view service(std::size_t index) const { return services_[index]; }
  std::string_view host(std::size_t index) const { return hosts_[index]; }
  /// The texts for a table, topic, cause or effect; for any other hole those for a resource.
  std::span<const std::string_view> words(hole kind) const;

  /// Draws a service; a few write most of the log.
  std::size_t pick_service(random_source& source) const;

  /// Draws a message that this service would write at this level.
  const message_template& pick_message(std::size_t service, level severity, random_source& source) const;

  /// Draws an HTTP status that goes with the level.
  unsigned pick_status(level severity, random_source& source) const;

 private:
  simulation_catalog();

  static constexpr std::size_t skew_size = 1024;

  std::array<std::string_view, service_count> services_{};
  std::vector<std::string> hosts_;
  std::array<std::uint8_t, skew_size> skew_{};
  std::array<std::array<std::vector<message_template>, level_count>, service_count> messages_;
};

}  // namespace logstream
