// SPDX-License-Identifier: MIT
// How rows are written: the formats of GET /logs.
#pragma once

#include "engine/model/batch.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace logstream {

enum class row_format : std::uint8_t { json, ndjson, csv, text };

std::optional<row_format> parse_row_format(std::string_view name);

/// The media type of an answer in `format`.
std::string_view media_type(row_format format);

/// Writes one answer: open, rows, close. json is `{"logs":[…],"count":n,"next_cursor":…}`; ndjson an event a
/// line; csv has a header line and the fields as one JSON column; text is `time LEVEL service message` and
/// the fields as name=value.
class row_writer {
 public:
  explicit row_writer(row_format format) : format_(format) {}

  void open(std::string& out) const;
  void row(std::string& out, const batch& in, std::uint32_t row);
  /// `next` is where the next page starts, if there is one.
  void close(std::string& out, const std::optional<event_id>& next) const;
  std::uint64_t count() const { return count_; }

 private:
  row_format format_;
  std::uint64_t count_ = 0;
};

/// Appends one event as a JSON object: id, timestamp, level, service, message, metadata.
void append_event_json(std::string& out, const batch& in, std::uint32_t row);

}  // namespace logstream
