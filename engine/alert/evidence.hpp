// SPDX-License-Identifier: MIT
// The copy of an event that an alert carries.
#pragma once

#include "engine/model/batch.hpp"

#include <cstddef>
#include <cstdint>

namespace logstream {

/// Bounds of an event in an alert, so that an alert stays small whatever it is about.
inline constexpr std::size_t max_evidence_message = 2048;
inline constexpr std::size_t max_evidence_fields = 32;
inline constexpr std::size_t max_evidence_value = 256;

/// The row as a value. Longer texts are cut at a character's end and end in an ellipsis, further fields left
/// out.
event evidence_of(const batch& from, std::uint32_t row);

}  // namespace logstream
