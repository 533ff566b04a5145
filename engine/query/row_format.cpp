// SPDX-License-Identifier: MIT
// Writing rows as JSON, CSV and text.
#include "engine/query/row_format.hpp"

#include "engine/wire/json_text.hpp"
#include "engine/wire/time_text.hpp"

#include <algorithm>

namespace logstream {

namespace {

void append_value(std::string& out, const cell& value) {
  if (value.literal)
    out += value.text;
  else
    append_json_string(out, value.text);
}

void append_fields_json(std::string& out, const batch& in, std::uint32_t row) {
  out += '{';
  bool first = true;
  in.for_each_field(row, [&](std::string_view name, const cell& value) {
    if (!first)
      out += ',';
    first = false;
    append_json_string(out, name);
    out += ':';
    append_value(out, value);
  });
  out += '}';
}

// RFC 4180: quoted where needed, quotes doubled.
void append_csv(std::string& out, std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (char c : text) {
    if (c == '"')
      out += '"';
    out += c;
  }
  out += '"';
}

void append_csv_row(std::string& out, const batch& in, std::uint32_t row) {
  const stream_run& run = in.run_of(row);
  append_event_id(out, in.id(row));
  out += ',';
  append_rfc3339(out, in.times()[row]);
  out += ',';
  out += to_string(run.severity);
  out += ',';
  append_csv(out, run.service);
  out += ',';
  append_csv(out, in.message(row));
  out += ',';
  std::string fields;
  append_fields_json(fields, in, row);
  append_csv(out, fields);
  out += "\r\n";
}

// One line whatever the text: control characters are written as escapes.
void append_one_line(std::string& out, std::string_view text) {
  for (char c : text) {
    if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else
      out += c;
  }
}

void append_text_row(std::string& out, const batch& in, std::uint32_t row) {
  const stream_run& run = in.run_of(row);
  append_rfc3339(out, in.times()[row]);
  out += ' ';
  out += to_string(run.severity);
  out += ' ';
  append_one_line(out, run.service.empty() ? std::string_view{"-"} : run.service);
  out += ' ';
  append_one_line(out, in.message(row));
  in.for_each_field(row, [&](std::string_view name, const cell& value) {
    out += ' ';
    append_one_line(out, name);
    out += '=';
    const bool plain = value.literal || (!value.text.empty() &&
                                         value.text.find_first_of(" \"=\n\r\t") == std::string_view::npos);
    if (plain)
      out += value.text;
    else
      append_json_string(out, value.text);
  });
  out += '\n';
}

}  // namespace

std::optional<row_format> parse_row_format(std::string_view name) {
  if (name == "json")
    return row_format::json;
  if (name == "ndjson" || name == "jsonl")
    return row_format::ndjson;
  if (name == "csv")
    return row_format::csv;
  if (name == "text")
    return row_format::text;
  return std::nullopt;
}

std::string_view media_type(row_format format) {
  switch (format) {
    case row_format::json:
      return "application/json";
    case row_format::ndjson:
      return "application/x-ndjson";
    case row_format::csv:
      return "text/csv; charset=utf-8";
    case row_format::text:
      break;
  }
  return "text/plain; charset=utf-8";
}

void row_writer::open(std::string& out) const {
  if (format_ == row_format::json)
    out += "{\"logs\":[";
  else if (format_ == row_format::csv)
    out += "id,timestamp,level,service,message,metadata\r\n";
}

void row_writer::row(std::string& out, const batch& in, std::uint32_t row) {
  switch (format_) {
    case row_format::json:
      if (count_ != 0)
        out += ',';
      append_event_json(out, in, row);
      break;
    case row_format::ndjson:
      append_event_json(out, in, row);
      out += '\n';
      break;
    case row_format::csv:
      append_csv_row(out, in, row);
      break;
    case row_format::text:
      append_text_row(out, in, row);
      break;
  }
  ++count_;
}

void row_writer::close(std::string& out, const std::optional<event_id>& next) const {
  if (format_ != row_format::json)
    return;
  out += "],\"count\":";
  out += std::to_string(count_);
  out += ",\"next_cursor\":";
  if (next) {
    out += '"';
    append_event_id(out, *next);
    out += "\"}";
  } else {
    out += "null}";
  }
}

void append_event_json(std::string& out, const batch& in, std::uint32_t row) {
  const stream_run& run = in.run_of(row);
  out += "{\"id\":\"";
  append_event_id(out, in.id(row));
  out += "\",\"timestamp\":\"";
  append_rfc3339(out, in.times()[row]);
  out += "\",\"level\":\"";
  out += to_string(run.severity);
  out += "\",\"service\":";
  append_json_string(out, run.service);
  out += ",\"message\":";
  append_json_string(out, in.message(row));
  out += ",\"metadata\":";
  append_fields_json(out, in, row);
  out += '}';
}

}  // namespace logstream
