// SPDX-License-Identifier: MIT
// Lines of a log file as the NDJSON events of POST /ingest.
#pragma once

#include "engine/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logstream {

/// Events on their way to the server.
struct event_body {
  /// What people call the source.
  std::string source;
  std::string text;
  /// The line of the source that each event began on, counted from 1.
  std::vector<std::uint64_t> lines;
  /// The bytes of the source that these events were made from.
  std::uint64_t source_bytes = 0;
};

/// Encodes the lines of one source, which holds either NDJSON or plain text: its first line that is not blank
/// tells. Plain lines keep their full text as message; a line without a time of its own has that of the line
/// before it.
class line_encoder {
 public:
  /// `join` makes one event of a line and of those after it that go on with it, as stack traces do.
  line_encoder(std::string service, bool join) : service_(std::move(service)), join_(join) {}

  /// Takes the next line, without its line end. What is not joined to it later goes into `out`.
  void take(std::string_view line, timestamp now, event_body& out);
  /// Lets go of a line that waited for others to be joined.
  void flush(timestamp now, event_body& out);

 private:
  void put_plain(std::string_view message, std::uint64_t line, timestamp now, event_body& out);
  void put_json(std::string_view line, event_body& out);

  std::string service_;
  bool join_;
  std::optional<bool> is_json_;
  std::optional<timestamp> last_time_;
  std::uint64_t line_ = 0;
  std::string waiting_;
  std::uint64_t waiting_line_ = 0;
};

/// Whether a line goes on with the one before: it is indented, or begins with `at `, `Caused by` or `... `.
bool continues_event(std::string_view line);

}  // namespace logstream
