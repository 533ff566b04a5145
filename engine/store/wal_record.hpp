// SPDX-License-Identifier: MIT
// The bytes of the write-ahead log: names and heads of its files, heads and payloads of its records; see
// docs/formats/wal.md.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

/// What a record holds. Persisted: values never change.
enum class wal_kind : std::uint8_t { batch = 1 };

/// How a payload holds its batch. Persisted: values never change.
enum class wal_codec : std::uint8_t { none = 0, lz4 = 1 };

/// A record's payload, and its share of the record's checksum.
struct wal_payload {
  std::string bytes;
  std::uint64_t checksum = 0;
};

/// A payload has at most this many bytes.
inline constexpr std::size_t most_wal_payload_bytes = std::size_t{1} << 30;

/// Encodes and compresses `rows`: what is dear about logging a batch, and needs neither the file nor the
/// sequence that its record will have.
wal_payload make_wal_payload(const batch& rows);

/// The batch in a payload, awaiting number(). `bytes` may be anything. Errors: invalid.
result<std::shared_ptr<batch>> read_wal_payload(std::string_view bytes);

/// "wal-", sixteen hexadecimal digits, ".log": names sort as numbers do.
std::string wal_file_name(std::uint64_t number);
/// Reads what wal_file_name() wrote; nothing else is a log file.
std::optional<std::uint64_t> parse_wal_file_name(std::string_view name);

inline constexpr std::size_t wal_file_head_bytes = 32;

/// The first bytes of file `number`.
std::string wal_file_head(std::uint64_t number);

/// The number in what wal_file_head() wrote; nothing if `bytes` are anything else.
std::optional<std::uint64_t> parse_wal_file_head(std::string_view bytes);

/// Where a record stands.
struct wal_place {
  std::uint64_t file = 0;
  std::uint64_t offset = 0;
};

/// What stands before a payload.
struct wal_record_head {
  std::uint32_t payload_bytes = 0;
  wal_kind kind = wal_kind::batch;
  std::uint8_t shard = 0;
  std::uint64_t first_sequence = 0;
  std::uint64_t checksum = 0;
};

inline constexpr std::size_t wal_record_head_bytes = 22;

/// The checksum of a record in its place: a record found anywhere else is none.
std::uint64_t wal_checksum(const wal_record_head& head, wal_place at, std::uint64_t payload_checksum);

void append_wal_record_head(std::string& out, const wal_record_head& head);
/// REQUIRES: bytes.size() == wal_record_head_bytes.
wal_record_head read_wal_record_head(std::string_view bytes);

}  // namespace logstream
