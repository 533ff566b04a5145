// SPDX-License-Identifier: MIT
// What an acknowledgement means.
#pragma once

#include <cstdint>

namespace logstream {

/// What is certain of events whose request was answered with success.
enum class ack_mode : std::uint8_t {
  /// They survive a power cut.
  fsync,
  /// They survive the end of the process; a power cut within a second after may take them.
  write,
  /// They are on their way to the disk.
  memory,
};

}  // namespace logstream
