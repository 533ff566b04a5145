// SPDX-License-Identifier: MIT
// The walk from the front of a line to its time and on to its level.
#include "engine/wire/plain_line.hpp"

#include "engine/wire/plain_line_level.hpp"
#include "engine/wire/plain_line_time.hpp"

#include <array>
#include <charconv>
#include <string>

namespace logstream {

namespace {

constexpr std::size_t head_size = 512;

/// Takes the `<34>` of syslog from the front; its last three bits are the severity.
std::optional<level> take_priority(std::string_view& text) {
  if (!text.starts_with('<'))
    return std::nullopt;
  int priority = 0;
  const auto [end, failure] = std::from_chars(text.data() + 1, text.data() + text.size(), priority);
  constexpr int highest = 191;
  if (failure != std::errc{} || end == text.data() + text.size() || *end != '>' || priority < 0 ||
      priority > highest)
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end + 1 - text.data()));
  return parse_level_number(priority % 8);
}

/// Returns the text without terminal colours, in `storage`.
std::string_view without_colours(std::string_view text, std::string& storage) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\x1b' && i + 1 < text.size() && text[i + 1] == '[') {
      i = std::min(text.find_first_not_of("0123456789;", i + 2), text.size());
      continue;
    }
    storage.push_back(text[i]);
  }
  return storage;
}

bool is_time_key(std::string_view key) {
  constexpr auto keys =
      std::to_array<std::string_view>({"ts", "time", "t", "timestamp", "@timestamp", "datetime"});
  for (const std::string_view known : keys)
    if (key == known)
      return true;
  return false;
}

/// Takes one `key=value` from the front of a line in logfmt; returns whether there was one.
bool take_pair(std::string_view& text, timestamp now, std::optional<timestamp>& time) {
  const std::size_t equals = text.find_first_of("= \t\"[");
  if (equals == std::string_view::npos || equals == 0 || text[equals] != '=')
    return false;
  std::string_view value = text.substr(equals + 1);
  const bool quoted = value.starts_with('"');
  if (quoted)
    value.remove_prefix(1);
  if (is_time_key(text.substr(0, equals))) {
    std::string_view moment = value;
    time = read_line_time(moment, now);
  }
  std::size_t end = std::min(value.find_first_of(quoted ? "\"" : " \t"), value.size());
  if (quoted && end < value.size())
    ++end;
  text = value.substr(end);
  return true;
}

/// Finds the bracketed time of an access log, which stands behind address and user.
std::optional<timestamp> read_access_time(std::string_view line, timestamp now) {
  for (std::size_t at = line.find('['); at != std::string_view::npos; at = line.find('[', at + 1)) {
    std::string_view moment = line.substr(at + 1);
    constexpr std::size_t day_and_month = 7;
    if (moment.size() > day_and_month && moment[2] == '/' && moment[6] == '/')
      if (const auto time = read_line_time(moment, now))
        return time;
  }
  return std::nullopt;
}

std::string_view trim_front(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t|"), text.size()));
  return text;
}

/// May the time stand behind this piece? Levels, groups, counters and the name before a '|' come first in
/// some formats.
bool may_precede_time(const head_token& token, const std::optional<level>& found) {
  return found || token.bracketed || token.piped || (token.text[0] >= '0' && token.text[0] <= '9');
}

struct head {
  plain_line found;
  std::string_view rest;
};

/// Walks over what may stand before the time, and over the time.
head read_head(std::string_view text, timestamp now) {
  head out;
  constexpr int pieces = 8;
  std::string_view at = trim_front(text);
  for (int i = 0; i < pieces && !at.empty(); ++i) {
    std::string_view inside = at;
    if (at[0] == '[' || at[0] == '(' || at[0] == '"')
      inside.remove_prefix(1);
    out.found.time = read_line_time(inside, now);
    if (!out.found.time && i == 0)
      out.found.time = read_klog_head(inside, now, out.found.lvl);
    if (out.found.time) {
      out.rest = inside;
      return out;
    }
    if (take_pair(at, now, out.found.time)) {
      out.rest = text;
      if (out.found.time)
        return out;
    } else {
      const head_token token = take_head_token(at);
      if (token.text.empty())
        break;
      const auto found = token_level(token);
      if (!out.found.lvl)
        out.found.lvl = found;
      if (!may_precede_time(token, found))
        break;
    }
    at = trim_front(at);
  }
  // Without a time behind them the first pieces are judged as the head of the message.
  out.found.lvl.reset();
  out.rest = text;
  return out;
}

std::string_view skip_zone_name(std::string_view rest) {
  for (const std::string_view zone : {" UTC", " GMT"})
    if (rest.starts_with(zone))
      rest.remove_prefix(zone.size());
  return rest;
}

}  // namespace

plain_line read_plain_line(std::string_view line, timestamp now) {
  std::string storage;
  std::string_view text = line.substr(0, head_size);
  if (text.find('\x1b') != std::string_view::npos)
    text = without_colours(text, storage);
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  const auto priority = take_priority(text);
  head read = read_head(text, now);
  plain_line out = read.found;
  if (!out.time) {
    out.time = read_access_time(text, now);
    if (out.time)
      read.rest = {};
  }
  if (!out.time)
    out.time = read_epoch_column(text, now);
  if (!out.lvl)
    out.lvl = read_head_level(skip_zone_name(read.rest), out.time.has_value());
  if (!out.lvl)
    out.lvl = read_level_key(line);
  if (!out.lvl)
    out.lvl = priority;
  return out;
}

}  // namespace logstream
