// SPDX-License-Identifier: MIT
// Files of the log without what is no record.
#pragma once

#include "engine/base/file_system.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace logstream {

/// More missing files than these are not made up for: then their names were never the log's.
inline constexpr std::uint64_t most_missing_wal_files = 1024;

/// Writes each file of the log in `folder` that is damaged or ends in what is no record anew, with the
/// records of shards below `shards` that are whole; the file as it was goes to quarantine/. Where files are
/// missing between others, empty ones take their place. Returns what was done, in sentences. REQUIRES: nobody
/// writes the log. Errors: those of the disk.
result<std::vector<std::string>> repair_wal(file_system& in, const std::string& folder, std::uint32_t shards);

}  // namespace logstream
