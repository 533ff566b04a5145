// SPDX-License-Identifier: MIT
// Files of the log without what is no record.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream {

/// Writes each file of the log in `folder` that is damaged or ends in what is no record anew, with the
/// records of shards below `shards` that are whole; the file as it was goes to quarantine/. Where files are
/// missing between others, at most 1,024, empty ones take their place. Returns what was done, in sentences.
/// REQUIRES: nobody writes the log. Errors: those of the disk.
result<std::vector<std::string>> repair_wal(file_system& in, const std::string& folder, std::uint32_t shards);

}  // namespace logstream
