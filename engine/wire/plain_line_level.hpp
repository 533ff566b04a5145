// SPDX-License-Identifier: MIT
// The places of a log line where a level stands, and the walk over its head that finds them.
#pragma once

#include "engine/model/level.hpp"

#include <optional>
#include <string_view>

namespace logstream {

/// One piece of a line's head: a word, or a group in brackets without these.
struct head_token {
  std::string_view text;
  bool bracketed = false;
  /// A '|' follows, as after the service name of docker compose.
  bool piped = false;
};

/// Takes the next piece from the front of `text`, past blanks and separators; its text is empty at the end.
head_token take_head_token(std::string_view& text);

/// Returns the level that `token` is by its form alone: `[error]`, `[core:warn]`, `ERROR`, `Warning:`,
/// `app.INFO:`.
std::optional<level> token_level(const head_token& token);

/// Finds the level among the first pieces after the time, before the text of the message begins. Without a
/// time only the very first word counts, as in `ERROR: disk full`.
std::optional<level> read_head_level(std::string_view rest, bool after_time);

/// Finds `level=error`, also as lvl, severity, loglevel and log.level, quoted or not.
std::optional<level> read_level_key(std::string_view line);

}  // namespace logstream
