// SPDX-License-Identifier: MIT
// Encoding of lines.
#include "app/cli/line_encoder.hpp"

#include "engine/wire/json_text.hpp"
#include "engine/wire/plain_line.hpp"
#include "engine/wire/time_text.hpp"

namespace logstream {

namespace {

constexpr std::string_view blanks = " \t\r\v\f";

/// A joined event ends at this size; what goes on with it begins another.
constexpr std::size_t longest_join = 256 * 1024;

bool is_blank(std::string_view line) {
  return line.find_first_not_of(blanks) == std::string_view::npos;
}

}  // namespace

bool continues_event(std::string_view line) {
  if (line.empty())
    return false;
  return line[0] == ' ' || line[0] == '\t' || line.starts_with("at ") || line.starts_with("Caused by") ||
         line.starts_with("... ");
}

void line_encoder::take(std::string_view line, timestamp now, event_body& out) {
  ++line_;
  out.source_bytes += line.size() + 1;
  while (line.ends_with('\r')) line.remove_suffix(1);
  if (is_blank(line))
    return;
  if (!is_json_)
    is_json_ = line[line.find_first_not_of(blanks)] == '{';
  if (*is_json_) {
    put_json(line, out);
    return;
  }
  if (!join_) {
    put_plain(line, line_, now, out);
    return;
  }
  if (!waiting_.empty() && continues_event(line) && waiting_.size() + line.size() < longest_join) {
    waiting_.append("\n").append(line);
    return;
  }
  flush(now, out);
  waiting_ = line;
  waiting_line_ = line_;
}

void line_encoder::flush(timestamp now, event_body& out) {
  if (waiting_.empty())
    return;
  put_plain(waiting_, waiting_line_, now, out);
  waiting_.clear();
}

void line_encoder::put_plain(std::string_view message, std::uint64_t line, timestamp now, event_body& out) {
  const plain_line head = read_plain_line(message.substr(0, message.find('\n')), now);
  if (head.time)
    last_time_ = head.time;
  out.text.push_back('{');
  if (last_time_) {
    out.text.append(R"("timestamp":")");
    append_rfc3339(out.text, *last_time_);
    out.text.append("\",");
  }
  if (head.lvl)
    out.text.append(R"("level":")").append(to_string(*head.lvl)).append("\",");
  out.text.append(R"("service":)");
  append_json_string(out.text, service_);
  out.text.append(R"(,"message":)");
  append_json_string(out.text, message);
  out.text.append("}\n");
  out.lines.push_back(line);
}

void line_encoder::put_json(std::string_view line, event_body& out) {
  const std::size_t first = line.find_first_not_of(blanks);
  const bool names_service = line.find("\"service\"") != std::string_view::npos;
  const std::size_t next = line.find_first_not_of(blanks, first + 1);
  if (names_service || line[first] != '{' || next == std::string_view::npos) {
    out.text.append(line);
  } else {
    out.text.append(R"({"service":)");
    append_json_string(out.text, service_);
    out.text.append(line[next] == '}' ? "" : ",").append(line.substr(next));
  }
  out.text.push_back('\n');
  out.lines.push_back(line_);
}

}  // namespace logstream
