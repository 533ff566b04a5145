// SPDX-License-Identifier: MIT
// Deadlines and bounds of the actors' conversations.
#pragma once

#include <caf/duration.hpp>

#include <chrono>
#include <cstddef>

namespace logstream::budget {

/// A shard has this long to hand out a snapshot or counts.
inline constexpr std::chrono::seconds snapshot{5};
/// A block is read within this, also when many wait for theirs.
inline constexpr std::chrono::seconds block{20};
/// The log is copied within this, after what waits for the disk before.
inline constexpr std::chrono::seconds log_copy{20};
/// A snapshot is there within this or not at all.
inline constexpr std::chrono::seconds store_snapshot{30};
/// Figures are given quickly or not at all.
inline constexpr std::chrono::seconds figures{2};
/// A query gives way to other messages after this long.
inline constexpr std::chrono::milliseconds query_slice{2};
/// Size at which a piece of a streamed answer is sent.
inline constexpr std::size_t answer_piece = 128 * 1024;

}  // namespace logstream::budget
