// SPDX-License-Identifier: MIT
// Logs whose records are told apart by their sequences, for tests of what writes and reads them.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/store/wal_reader.hpp"
#include "engine/store/wal_writer.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace logstream::test {

/// The folder of such logs.
inline const std::string log_folder = "log";

/// A payload whose batch is a function of `sequence`: one to four rows, now and then compressed.
const wal_payload& payload_for(std::uint64_t sequence);
/// The record with that sequence, on a shard that is a function of it too.
wal_entry entry_for(std::uint64_t sequence);
std::vector<wal_entry> entries_for(std::uint64_t first, std::uint64_t count);

/// What a replay found.
struct replayed {
  wal_summary summary;
  std::vector<std::uint64_t> sequences;
};

/// Replays the log; every record must be one that entry_for() made. Fails the test if not.
replayed replay_all(file_system& disk);

/// The numbers [first, first + count).
std::vector<std::uint64_t> numbers(std::uint64_t first, std::uint64_t count);

}  // namespace logstream::test
