// SPDX-License-Identifier: MIT
// Makes the folder of a store of a snapshot.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/store_snapshot.hpp"

#include <cstdint>
#include <string>

namespace logstream {

/// Whether files are copied or get a second name, which takes the same disk and no time.
enum class restore_how : std::uint8_t { copied, linked };

/// Checks every checksum of the snapshot in `from` and makes a store of it in `to`, which must be empty or
/// not there. The description is written last: a server does not start on what was not finished. Returns what
/// is known of the snapshot. Errors: invalid if it is none or is damaged, conflict if something is in `to`,
/// and those of the disk.
result<snapshot_info> restore_snapshot(file_system& in, const std::string& from, const std::string& to,
                                       restore_how how);

}  // namespace logstream
