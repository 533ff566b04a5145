// SPDX-License-Identifier: MIT
// Reads the log back: every record that is whole, and where something is not.
#pragma once

#include "engine/base/file_system.hpp"
#include "engine/base/result.hpp"
#include "engine/store/wal_record.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace logstream {

struct wal_record {
  wal_place at;
  std::uint8_t shard = 0;
  std::uint64_t first_sequence = 0;
  /// Awaits number().
  std::shared_ptr<batch> rows;
  /// Of the record in the file.
  std::uint64_t bytes = 0;
};

/// Bytes of a file that hold no record.
struct wal_damage {
  std::string path;
  std::uint64_t offset = 0;
  std::uint64_t bytes = 0;
  std::string what;
};

struct wal_summary {
  std::uint64_t files = 0;
  std::uint64_t records = 0;
  std::uint64_t rows = 0;
  /// Of the last file; 0 if there is none.
  std::uint64_t highest_number = 0;
  /// How the last file ends if not with a whole record: what a crash leaves, no more than records that were
  /// never kept. Cutting the file at the offset is what keeps a later replay from calling it damage.
  std::optional<wal_damage> torn;
  std::vector<wal_damage> damages;
};

/// Takes one record; an error ends the replay.
using wal_consumer = std::function<result<void>(wal_record)>;

/// Gives `deliver` every whole record of the log in `folder`, file by file in the order of their numbers. A
/// file ends for it at the first record that is not whole; one that is whole but holds no batch is passed
/// over. At most one record and a few MiB are in memory at a time. Errors: those of `deliver`, and those of
/// the disk: a file that cannot be read is not one that is damaged.
result<wal_summary> replay_wal(file_system& disk, const std::string& folder, const wal_consumer& deliver);

/// The same for one file, whatever its name is, as if it were the last one. Errors: invalid if its head is
/// that of no log file; otherwise as above.
result<wal_summary> read_wal_file(file_system& disk, const std::string& path, const wal_consumer& deliver);

/// What is wrong, where, and how much: `the checksum is another at byte 64: 120 bytes`.
std::string to_text(const wal_damage& what);

/// Gives the log files below `number` a second name in the folder `to` and returns their bytes. Survives a
/// power cut when it returns. Errors: those of the disk.
result<std::uint64_t> link_wal_files_before(file_system& disk, const std::string& folder,
                                            std::uint64_t number, const std::string& to);

/// Removes the log files below `number`, the lowest first, and returns how many. Errors: those of the disk.
result<std::uint64_t> remove_wal_files_before(file_system& disk, const std::string& folder,
                                              std::uint64_t number);

}  // namespace logstream
