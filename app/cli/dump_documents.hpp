// SPDX-License-Identifier: MIT
// Files of a store as JSON documents.
#pragma once

#include "engine/store/manifest.hpp"
#include "engine/store/segment_reader.hpp"
#include "engine/store/wal_reader.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace logstream {

struct dumped_document {
  nlohmann::ordered_json content;
  /// What of the file could not be read, in sentences.
  std::vector<std::string> damages;
};

/// Streams, blocks, columns with their encodings and sizes, filters, and the most frequent templates.
dumped_document segment_document(const segment& of);
/// Records. Errors: those of read_wal_file().
result<dumped_document> wal_document(file_system& disk, const std::string& path);
nlohmann::ordered_json manifest_document(const std::string& path, const manifest& from);

/// What a reading of the log found wrong, in sentences.
std::vector<std::string> damages_of(const wal_summary& read);

}  // namespace logstream
