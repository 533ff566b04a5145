// SPDX-License-Identifier: MIT
// The identity of an event: where and when it was stored, sortable by time, never kept as text.
#pragma once

#include "engine/base/clock.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// Who numbered an event: the node and the shard whose sequence it belongs to.
struct origin {
  std::uint8_t node = 0;
  std::uint8_t shard = 0;

  auto operator<=>(const origin&) const = default;
};

/// Identifies an event for ever; the order of ids is the order of answers: by time, then by origin and
/// sequence.
struct event_id {
  timestamp time = 0;
  origin from;
  std::uint64_t sequence = 0;

  auto operator<=>(const event_id&) const = default;
};

/// Length of an id's text: 16 digits of time, 4 of origin, 12 of sequence, all hexadecimal.
inline constexpr std::size_t event_id_text_size = 32;

/// Appends the text form of `id`; texts sort as ids do.
void append_event_id(std::string& out, const event_id& id);
std::string to_string(const event_id& id);

/// Reads what append_event_id wrote; nothing else is an id.
std::optional<event_id> parse_event_id(std::string_view text);

}  // namespace logstream
